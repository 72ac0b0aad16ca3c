# ruff: noqa: E501
"""Support as people tell it: each kind of flow with sentences that fit what, who, through what and on what terms."""

from __future__ import annotations

from dataclasses import dataclass

from sample_data.making.days import day


@dataclass(frozen=True)
class TieKind:
    """A kind of support that happens, where and when it can happen, and how it is told."""

    resource: str
    counterpart: str
    infrastructure: str
    terms: str
    frames: tuple[str, ...]
    where: tuple[str, ...] = ()
    """Countries; empty = anywhere abroad, ``home`` = also after a return."""
    origin: str = ""
    early: bool = False
    since: int = 0
    weight: float = 1.0
    exposed: bool = False
    """Only for people with a public record."""
    purposes: tuple[str, ...] = ()
    """Grounds of stay (asylum, hum, work, study, family) that the support presupposes."""


RECEIVED = (
    TieKind("housing", "friend", "none", "gift", (
        "We slept on {friend}'s floor in {city} for {some} weeks and nobody asked when we would go.",
        "{friend} gave me the keys and went to stay with a girlfriend, so that I would have a door to close.",
        "For {some} nights I had {room} at {friend}'s place; I was not allowed to pay, only to cook.",
        "I had {room} with people I knew from {home}. It was crowded and it was the best thing that could happen.",
        "There were {few} of us in one room; {friend} simply said, come.",
    ), early=True, weight=2.2),
    TieKind("housing", "stranger", "peers_chat", "gift", (
        "A woman from the chat gave me {room} for {some} nights without ever having seen me.",
        "Somebody I knew only by nickname met me at the station and let me stay for {some} days.",
        "I wrote in the chat at midnight, and by one o'clock there was an address.",
        "The flat belonged to a man who had left for a month; the chat passed me the keys in a plastic bag.",
    ), early=True, weight=1.4),
    TieKind("housing", "diaspora_ngo", "shelter", "gift", (
        "The shelter had bunk beds and a rule that you wash your cup. I stayed {some} weeks.",
        "I lived in the shelter for activists; you could stay a month, they let me have two.",
        "There was a list for the shelter and I was {few} places from the top. Then somebody moved on.",
    ), ("georgia", "armenia", "eu_other", "kazakhstan"), "russia", True, day(2022, 3, 1), 1.1),
    TieKind("housing", "host_citizen", "none", "return_expected", (
        "Our landlady in {city} took half the rent while I had no work; I taught her grandson English in return.",
        "An old couple let us have the upper floor. I dug their garden, that was the arrangement.",
        "He rented to me below the price and asked me to look after his father on {weekday}s.",
    ), weight=0.8),
    TieKind("information", "compatriot", "peers_chat", "gift", (
        "Everything I knew about papers I knew from the chat: which counter, which day, which photo.",
        "[russia+war] In the chat somebody had already made a table of banks that still opened accounts for us.",
        "I asked one question about residence in the chat and got {many} answers, {few} of them right.",
        "A man I never met sent me voice messages for a week, step by step, what to bring to the office.",
    ), weight=2.2),
    TieKind("information", "friend", "none", "gift", (
        "{friend} had gone half a year before me and told me what not to sign.",
        "{friend} sent me a list: SIM card, tram app, the doctor who speaks our language.",
        "Before I moved, {friend} walked through the district with a phone and showed me flats on video.",
    ), weight=1.1),
    TieKind("information", "host_ngo", "host_ngo", "gift", (
        "The advice centre on {weekday}s had a queue down the stairs, but they knew every paragraph.",
        "A volunteer at the advice centre drew me the whole procedure on the back of an envelope.",
        "They explained the letter to me line by line; I had been afraid of it for {few} days.",
    ), ("germany", "eu_other"), weight=1.2),
    TieKind("money", "family", "none", "gift", (
        "{kin} sold the garage and sent me the money; we do not talk about it.",
        "{kin} sends something every month through an acquaintance and calls it a birthday present.",
        "For {few} months {kin} paid my rent. I had written it down, and they tore up the paper.",
    ), weight=1.3),
    TieKind("money", "friend", "none", "loan", (
        "I borrowed {few} hundred euros from {friend} and paid it back in {some} months.",
        "{friend} lent me the deposit. I still owe the last part.",
        "[russia+war] Cards did not work any more, so {friend} gave me cash against a transfer at home, and waited for it.",
    ), weight=1.2),
    TieKind("money", "diaspora_ngo", "diaspora_ngo", "gift", (
        "A relief fund paid for {few} months of rent; the form was one page, they only asked what I had done at home.",
        "The fund gave me a stipend for half a year. For the first time I did not count the bread.",
        "They paid the ticket and the visa fee, and asked for the receipts, nothing else.",
    ), weight=0.9, exposed=True),
    TieKind("money", "host_state", "state", "gift", (
        "The job centre paid the flat and the course; it is strange to be grateful to an office.",
        "For {many} months I lived on what the office paid. I am not proud and not ashamed of it.",
        "Asylum seekers got {few} hundred euros a month; I learnt which shop throws its bread out when.",
    ), ("germany",), purposes=("asylum", "hum"), weight=0.9),
    TieKind("job", "compatriot", "coworking", "gift", (
        "At the coworking somebody needed another pair of hands for {few} weeks, and it became a job.",
        "I got my first order from the man at the next desk, who came from {home} too.",
        "The coworking had a board with paper notes; mine said that I could type fast and cook.",
    ), weight=1.0),
    TieKind("job", "friend", "none", "gift", (
        "{friend} put my CV on the right table.",
        "{friend} called me: they need hands in the kitchen, can you start on {weekday}?",
        "Through {friend} I got evening shifts at a warehouse, without a contract at first.",
    ), weight=0.9),
    TieKind("job", "employer", "employer", "paid", (
        "The firm moved {many} of us to {city} in one week and paid the first hotel.",
        "My employer registered me here and paid a lawyer; I signed that I would stay a year.",
        "The company had an office in {city}; they opened a contract within {few} weeks.",
    ), ("armenia", "georgia", "kazakhstan", "other", "germany", "turkey"), "russia", True, weight=0.7),
    TieKind("job", "host_citizen", "none", "gift", (
        "The owner of the cafe did not need anybody. He gave me the {weekday} shift all the same.",
        "[germany] My German teacher knew a school that was looking for an assistant, and went there with me.",
        "A neighbour asked what I could do and came back the next day with an order for {few} shelves.",
    ), ("germany", "georgia", "eu_other", "armenia"), weight=0.7),
    TieKind("legal", "host_ngo", "host_ngo", "gift", (
        "A lawyer from the association took my case for nothing and won me {some} months.",
        "The association wrote the statement about persecution with me; it took {few} evenings.",
        "She sat next to me at the hearing. I could not have said it in that order alone.",
    ), ("germany", "eu_other"), weight=1.4, purposes=("asylum",)),
    TieKind("legal", "diaspora_ngo", "diaspora_ngo", "gift", (
        "A lawyer who had left a year earlier looked at my papers and told me what it was worth.",
        "[russia+war] They checked every line of my CV and of my papers before I handed them in.",
        "The human-rights people gave me a letter that described my case; I have shown it at {few} offices.",
    ), weight=1.0, exposed=True),
    TieKind("legal", "stranger", "commercial", "paid", (
        "I paid an agent {few} hundred dollars for the residence papers. He did know the right counter.",
        "The intermediary took half in advance. When it was refused he stopped answering.",
        "For a fee a man in an office above a pharmacy filled in {paper} for everybody.",
    ), ("turkey", "kazakhstan", "georgia", "other", "armenia", "exsoviet_other"), weight=1.0),
    TieKind("documents", "family", "none", "gift", (
        "{kin} went to {some} offices in {home} for my diploma and the apostille.",
        "{kin} sent me the birth certificate inside a cookery book.",
        "My papers came with {kin}, who travelled two days by bus to hand them over.",
    ), weight=1.0),
    TieKind("documents", "host_state", "state", "gift", (
        "The office issued me a travel document, grey, and for the first time in {few} years I could plan a journey.",
        "At the registration office the clerk corrected my name herself and wished me luck.",
    ), ("germany",), purposes=("asylum", "hum"), weight=0.5),
    TieKind("care", "friend", "none", "gift", (
        "{friend} came every evening that winter and we did not talk about the news.",
        "When I could not get up, {friend} brought soup and sat in the kitchen with a book.",
        "[family] {friend} took the children on {weekday}s, so that we could quarrel in peace.",
        "We had a rule: whoever reads something terrible at night may call {friend}.",
    ), weight=1.2),
    TieKind("care", "diaspora_ngo", "diaspora_ngo", "gift", (
        "The psychologist was paid by a fund, {many} sessions, by video, with the curtains shut at first.",
        "There was a group on {weekday}s, {some} people on chairs. I went for the tea, then for the people.",
    ), weight=0.8),
    TieKind("care", "host_citizen", "none", "gift", (
        "When I had a fever our neighbour put a pot in front of the door, rang and ran away.",
        "The woman downstairs taught me the words for the market, and which stall is honest.",
        "On a feast day I had not even heard of, the whole staircase carried plates to us. I did not know what to do with so much kindness.",
    ), ("georgia", "armenia", "turkey", "kazakhstan", "germany", "exsoviet_other"), weight=1.1),
    TieKind("transport", "compatriot", "peers_chat", "paid", (
        "Somebody in the chat had a seat in a car; we shared the petrol, {few} strangers and a dog.",
        "We paid a driver together and changed cars twice.",
        "I found the lift in a chat: leaving at four, no big bags, bring water.",
    ), ("georgia", "kazakhstan", "armenia"), "russia", True, weight=1.0),
    TieKind("transport", "friend", "none", "gift", (
        "{friend} drove me to the hospital at night and waited until morning, in the car park.",
        "{friend} picked me up with a borrowed car and drove straight past the town hall, to show me something good.",
        "{friend} met me at the bus station with a thermos and a SIM card.",
    ), early=True, weight=1.0),
    TieKind("money", "origin_stayer", "none", "gift", (
        "My old colleagues in {home} collected for me, in an envelope, like for a funeral or a wedding.",
        "People who had stayed sent me small sums with a heart in the reference line.",
    ), ("home", "abroad"), weight=0.5),
    TieKind("job", "family", "none", "gift", (
        "{kin} knew somebody at a warehouse in {home}; I started on {weekday} and did not say where I had been.",
        "{kin} got me work at a print shop for the time being.",
    ), ("home",), weight=1.0),
    TieKind("housing", "family", "none", "gift", (
        "I moved back into the room at {kin}'s place; my desk was still there.",
        "I live at {kin}'s for now. It is not my kitchen and not my television.",
    ), ("home",), weight=1.0),
)
GIVEN = (
    TieKind("housing", "compatriot", "peers_chat", "gift", (
        "When we had a flat ourselves we kept the sofa free; {many} people have slept on it.",
        "I put our spare room into the chat for a week, then for another one.",
        "A boy of twenty stayed with us for {few} weeks. He washed up as if he had to pay rent.",
    ), weight=1.3),
    TieKind("housing", "friend", "none", "gift", (
        "{friend} came with the children and stayed {some} weeks. It was our turn.",
        "I gave {friend} the bedroom and learnt how short our kitchen bench is.",
    ), weight=1.0),
    TieKind("information", "compatriot", "peers_chat", "gift", (
        "By then I was the one who answered in the chat, mostly about papers and landlords.",
        "I wrote up how I had got my papers, {few} pages, and people still send it around.",
        "I pin the opening hours in the chat every month. Somebody did it for me.",
        "People write to me before they come: is it true about the queue? It is true.",
    ), weight=2.0),
    TieKind("information", "origin_stayer", "none", "gift", (
        "I call {friend} at home once a week and explain how one leaves, if one had to.",
        "Students write to me from {home} about visas; I answer at night.",
    ), weight=0.8),
    TieKind("money", "origin_stayer", "none", "gift", (
        "[!non_political] I send money for parcels to a prisoner, small sums, on the first of the month.",
        "[!non_political] Every month I pay something towards a lawyer at home; I could do it only by way of {friend}.",
        "I send {kin} money for medicine. It used to go the other way.",
        "[russia+war] I pay {kin}'s heating, through a neighbour who still has a card that works.",
        "An old colleague at home lost her job; I sent her something for {few} months.",
        "[!non_political] When a colleague was fined at home I paid a third of it.",
    ), weight=1.4),
    TieKind("money", "stranger", "diaspora_ngo", "gift", (
        "I have a standing order for a fund that helped me. It is not much, it is regular.",
        "[war] I gave the last fee to the people who evacuate.",
        "I give a tenth of each fee to a relief fund, without a name.",
    ), weight=0.8),
    TieKind("money", "friend", "none", "loan", (
        "I lent {friend} the deposit, because I remembered what the deposit had felt like.",
        "{friend} still owes me {few} hundred; I have decided not to remember.",
    ), weight=0.8),
    TieKind("job", "compatriot", "coworking", "gift", (
        "I passed {few} orders on to a woman who had just arrived and drew better than I did.",
        "When we needed somebody I asked at the coworking first.",
    ), weight=0.8),
    TieKind("legal", "compatriot", "diaspora_ngo", "gift", (
        "I go along to the office with people whose German is younger than mine.",
        "On {weekday}s I sit in the advice hour and sort other people's letters.",
        "I translate refusals. It is a small literature of its own.",
    ), ("germany",), weight=1.1),
    TieKind("documents", "friend", "none", "return_expected", (
        "I carried {friend}'s papers across the border in my sock; next time it was the other way round.",
        "I stood in the queue for {friend} on {weekday}, {friend} stood for me the week after.",
    ), ("georgia", "armenia", "turkey", "kazakhstan", "other", "exsoviet_other"), weight=0.8),
    TieKind("care", "friend", "none", "gift", (
        "I sat with {friend} after the bad news, we peeled potatoes for an hour.",
        "[family] We take the neighbours' child on {weekday}s, they take ours on Sundays.",
        "{friend} stopped answering, so I went there and rang until the door opened.",
    ), weight=1.2),
    TieKind("care", "origin_stayer", "none", "gift", (
        "I read to {kin} over the phone in the evenings; the connection holds better than we do.",
        "[!non_political] I ring the mother of a friend who is in prison. We talk about seedlings.",
    ), weight=0.9),
    TieKind("care", "stranger", "host_ngo", "gift", (
        "I cut bread and poured tea at the railway station for people from Kharkiv, and did not say where I was from.",
        "At the reception point for Ukrainians I sorted children's shoes for {some} weeks.",
        "I played with the children from Mariupol while their mothers filled in forms.",
    ), ("germany", "georgia", "eu_other", "armenia"), "russia", since=day(2022, 3, 5), weight=1.5),
    TieKind("care", "host_citizen", "none", "return_expected", (
        "I repaired the neighbours' computer, and since then there is a bag of tomatoes on the handle.",
        "I teach the landlady's daughter maths. They count it against the gas.",
    ), ("georgia", "armenia", "turkey", "kazakhstan", "exsoviet_other"), weight=0.9),
    TieKind("transport", "stranger", "peers_chat", "gift", (
        "I drove to the border {few} times that week to pick up people I did not know.",
        "A couple needed a lift to the airport at three in the morning; I had a car and could not sleep anyway.",
    ), ("georgia", "kazakhstan", "armenia"), "russia", weight=0.7),
    TieKind("money", "family", "none", "gift", (
        "I give {kin} half of what I earn; it is the first time we are even.",
        "The heating in {kin}'s flat is on me this winter.",
    ), ("home", "abroad"), weight=0.7),
    TieKind("care", "family", "none", "gift", (
        "I take {kin} to the clinic on {weekday}s. That is what I came back for.",
        "I cook for {kin} and listen to the television through the wall.",
    ), ("home",), weight=1.4),
    TieKind("information", "friend", "none", "gift", (
        "I tell {friend} what the border was like, in the kitchen, with the phones in the next room.",
        "{friend} asks me how it was, and I explain rents and queues, nothing else.",
    ), ("home",), weight=1.0),
)
