"""The codebook of the sample study: domains, states, events, attributes, vocabulary of support ties."""

from __future__ import annotations

from typing import Any


def _state(label: str, definition: str, colour: str, rank: float | None = None,
           **subs: str) -> dict[str, Any]:  # fmt: skip
    """One state with its sub-codes."""
    body: dict[str, Any] = {"label": label, "definition": definition}
    if rank is not None:
        body["rank"] = rank
    body["colour"] = colour
    if subs:
        body["states"] = {code: {"label": text} for code, text in subs.items()}
    return body


LOCATION = {
    "label": "Location",
    "definition": "Where the person lives: the country, and the city where it is known. "
                  "Trips of less than a month are not coded.",
    "colour": "#3f90da",
    "states": {
        "origin": _state("Country of origin",
                         "Lives in the country of citizenship and origin, before leaving or after a return.",
                         "#bdbdbd", moscow="Moscow", spb="St Petersburg",
                         city="Other city of a million in Russia",
                         baku="Baku", region="Elsewhere in the country of origin"),
        "germany": _state("Germany", "Lives in Germany.", "#92dadd", berlin="Berlin",
                          nrw="North Rhine-Westphalia",
                          leipzig="Leipzig", other="Elsewhere in Germany"),
        "georgia": _state("Georgia", "Lives in Georgia.", "#3f90da", tbilisi="Tbilisi", batumi="Batumi"),
        "kazakhstan": _state("Kazakhstan", "Lives in Kazakhstan.", "#bd1f01", almaty="Almaty",
                             astana="Astana",
                             other="Elsewhere in Kazakhstan"),
        "armenia": _state("Armenia", "Lives in Armenia.", "#ffa90e", yerevan="Yerevan", gyumri="Gyumri"),
        "turkey": _state("Turkey", "Lives in Turkey.", "#832db6", istanbul="Istanbul", antalya="Antalya"),
        "eu_other": _state("Other EU or Britain",
                           "Lives in another country of the European Union or in Britain.", "#b9ac70",
                           lt="Lithuania", lv="Latvia", pl="Poland", cz="Czechia", fr="France",
                           nl="Netherlands", uk="Britain"),
        "exsoviet_other": _state("Other post-Soviet", "Lives in another post-Soviet country.", "#a96b59",
                                 kg="Kyrgyzstan", uz="Uzbekistan", ua="Ukraine"),
        "other": _state("Elsewhere", "Lives anywhere else.", "#e76300", rs="Serbia", me="Montenegro",
                        il="Israel",
                        us="United States"),
    },
}  # fmt: skip
LEGAL = {
    "label": "Legal status",
    "definition": "The right on which the person stays where they are, ranked by how secure the stay is. "
                  "A citizen at home is not on that scale.",
    "colour": "#2a7f62",
    "states": {
        "home": _state("Citizen at home",
                       "Lives as a citizen in the country of origin, with no coded threat by the state.",
                       "#d9d9d9"),
        "home_threat": _state("At home under threat",
                              "Lives in the country of origin while the state acts against the person: "
                              "a search, detention, a case, a label, a travel ban, call-up papers.",
                              "#6b5b53",
                              foreign_agent="Foreign-agent label", admin_case="Administrative case",
                              criminal="Criminal case",
                              detained="Detained", searched="After a search", travel_ban="Travel ban",
                              mobilisation="Called up"),
        "irregular": _state("No right to stay",
                            "No right to stay, or only tolerated: overstay, duty to leave, Duldung.",
                            "#8c2d04", 0,
                            duldung="Tolerated in Germany (Duldung, section 60a)", overstay="Overstay"),
        "short_stay": _state("Short or visa-free stay",
                             "Visa-free or on a short visa; the right to stay is counted in days and "
                             "often renewed by leaving and entering again.", "#fdae6b", 1,
                             schengen_c="Schengen visa (C)", visa_free_365="Visa-free for a year (Georgia)",
                             visa_free_180="Visa-free, 180 days a year (Armenia)",
                             visa_free_90="Visa-free for 90 days",
                             visa_free_60="Visa-free for 60 days", visa_free_30="Visa-free for 30 days",
                             visa_run="Renewed by leaving and entering",
                             iin="Visa-free, with a Kazakh identification number (IIN)",
                             visitor="Visitor's visa"),
        "pending": _state("Application open",
                          "Stays lawfully because an application is open, or on an entry visa until "
                          "the permit is issued.", "#fff0a8", 2,
                          asylum="Asylum procedure", appeal="Asylum case in court",
                          fiktion="Fiktionsbescheinigung (Germany)",
                          national_d="Entered on a national visa (D)",
                          permit_applied="Residence permit applied for",
                          rvp_applied="Temporary residence applied for (Kazakhstan)"),
        "temporary": _state("Temporary permit", "A permit for a purpose and for a fixed term.", "#a6dba0", 3,
                            work="Work", blue_card="EU Blue Card", study="Study", family="Family",
                            selfemployed="Self-employment",
                            opportunity_104c="Right of opportunity (section 104c, Germany)",
                            residence_work="Residence by work or business",
                            residence_property="Residence by property (Georgia)",
                            ikamet="Turkish residence permit (ikamet)",
                            rvp="Temporary residence (Kazakhstan)"),
        "protection": _state("Protection", "International or humanitarian protection.", "#35978f", 4,
                             hum_22="Humanitarian admission (section 22, Germany)",
                             refugee_25_2="Refugee (section 25.2, Germany)",
                             subsidiary="Subsidiary protection (Germany)",
                             ban_25_3="Ban on deportation (section 25.3, Germany)",
                             refugee="Refugee", humanitarian="Humanitarian residence"),
        "settled": _state("Settled", "An unlimited right to stay, or citizenship of the host country.",
                          "#00441b", 5,
                          niederlassung="Settlement permit (Germany)", permanent="Permanent residence",
                          citizen="Citizen of the host country"),
    },
}  # fmt: skip
ACTIVISM = {
    "label": "Activism",
    "definition": "The most demanding political or civic activity of the time, ranked by intensity.",
    "colour": "#e76300",
    "states": {
        "none": _state("None", "Asked, and no political or civic activity told for the time.", "#f2f2f2", 0),
        "paused": _state("Paused", "Had been active and stopped, for now or for good.", "#d8a3b8", 0,
                         fear="Out of fear", burnout="Exhausted", legal="Because of papers",
                         care="Because of care or work"),
        "private": _state("Private", "Follows events and talks about them in private.", "#c3d0ea", 1),
        "expressive": _state("Expressive", "Speaks in public: posts, signatures, symbols, texts.", "#9ebcda",
                             2),
        "civic": _state("Civic",
                        "Everyday and humanitarian help: volunteering, donations, help for refugees or "
                        "prisoners, cultural work in the diaspora.", "#8c96c6", 3),
        "protest": _state("Protest", "Takes part in street protest or direct action.", "#8856a7", 4),
        "organised": _state("Organised", "Member or organiser of a group, campaign, party or union.",
                            "#6e016b", 5),
        "professional": _state("Professional",
                               "Works as a journalist, rights defender, lawyer, politician or full-time "
                               "coordinator of a cause.", "#2d004b", 6),
    },
}  # fmt: skip
EMOTION = {
    "label": "Emotion",
    "definition": "The main emotion with which a stretch of time is told.",
    "colour": "#c0399f",
    "states": {
        "fear": _state("Fear", "Anxiety, danger, threat.", "#5e2a84"),
        "anger": _state("Anger", "Outrage, moral shock, frustration.", "#b2182b"),
        "guilt_shame": _state("Guilt or shame", "Guilt towards others, shame for the state.", "#d6604d"),
        "grief_loss": _state("Grief or loss", "Sadness, loss of home or people, longing.", "#35507a"),
        "exhaustion": _state("Exhaustion", "Burnout, apathy, numbness.", "#7f6a5d"),
        "ambivalence": _state("Ambivalence", "Mixed feelings, uncertainty, limbo.", "#cfc6b2"),
        "hope": _state("Hope", "Expectation, plans.", "#8fd0ff"),
        "relief": _state("Relief", "Safety and calm.", "#9bd8a4"),
        "solidarity_pride": _state("Solidarity or pride", "Belonging, pride, joy of acting together.",
                                   "#f6d04d"),
    },
}  # fmt: skip
EVENTS = {
    "departure": ("First departure",
                  "Leaving the country of origin for the first time with the wish or the need to stay away."),
    "onward_move": ("Onward move",
                    "Moving from one host country to another, or leaving again after a return."),
    "return": ("Return", "Going back to live in the country of origin."),
    "search": ("Search", "A search of the person's home, or of their relatives' home."),
    "detention": ("Detention", "Being held by the police for hours or days."),
    "administrative_case": ("Administrative case", "An administrative case, usually with a fine."),
    "criminal_case": ("Criminal case", "A criminal case, as suspect or accused, present or in absence."),
    "foreign_agent_label": ("Foreign-agent label", "Entry in the register of foreign agents."),
    "dismissal": ("Dismissal",
                  "Loss of work or of a place at university because of views or of a closed outlet."),
    "threat": ("Threat", "A threat by officials or unknown people, to the person or their relatives."),
    "conscription_summons": ("Call-up papers", "A summons to the military office."),
    "travel_ban": ("Travel ban", "Not being allowed to leave the country."),
    "application": ("Application", "An application for a visa, a permit or protection."),
    "decision": ("Decision", "A visa, permit or protection granted."),
    "refusal": ("Refusal", "A visa, permit or protection refused, or not renewed."),
    "organised_first": ("First organised activity abroad",
                        "First time of organising, or of joining an organised group, abroad."),
    "remittance": ("Political remittance",
                   "Ideas, practices, media or money passed on to people in the country of origin."),
}  # fmt: skip
ATTRIBUTES: dict[str, tuple[str, str, dict[str, str]]] = {
    "origin_country": ("Country of origin", "", {"russia": "Russia", "azerbaijan": "Azerbaijan"}),
    "gender": ("Gender", "As told in the interview.",
               {"woman": "woman", "man": "man", "non_binary": "non-binary"}),
    "education": ("Education", "Highest degree at departure.", {
        "secondary": "school, or studies not finished", "bachelor": "bachelor's degree",
        "master": "master's or five-year degree",
        "doctorate": "doctorate"}),
    "occupation": ("Occupation", "Field of work at departure.", {
        "it": "information technology", "journalism": "journalism and media",
        "academia": "research and higher education",
        "ngo_human_rights": "civic organisation or human rights", "law": "law",
        "education": "school and other teaching",
        "arts_culture": "arts and culture", "health": "health", "office": "business and office work",
        "services_trade": "services, crafts and trade", "student": "student"}),
    "home_region": ("Home region", "Where the person lived before leaving.", {
        "moscow": "Moscow", "st_petersburg": "St Petersburg", "big_city": "other city of a million in Russia",
        "russia_elsewhere": "elsewhere in Russia", "baku": "Baku",
        "azerbaijan_elsewhere": "elsewhere in Azerbaijan"}),
    "person_type": ("Activist, critical profession or neither",
                    "By main activity in the years before departure.", {
        "activist": "activist", "critical_profession": "critical profession", "non_political": "neither"}),
    "left_with": ("Left with", "With whom the person left.", {
        "alone": "alone", "partner": "with partner", "family": "with children", "friends": "with friends"}),
    "siblings": ("Siblings", "", {"none": "none", "one": "one", "two_or_more": "two or more"}),
    "music_school": ("Music school", "Attended a music school as a child.", {"yes": "yes", "no": "no"}),
    "transcriber": ("Transcriber", "Who transcribed the interview.", {"t1": "T1", "t2": "T2", "t3": "T3"}),
}  # fmt: skip
TIES = {
    "direction": ["received", "given"],
    "resource": ["housing", "information", "money", "job", "legal", "documents", "care", "transport"],
    "counterpart": ["family", "friend", "compatriot", "stranger", "diaspora_ngo", "host_citizen", "host_ngo",
                    "host_state",
                    "employer", "origin_stayer"],
    "infrastructure": ["none", "peers_chat", "diaspora_ngo", "host_ngo", "shelter", "coworking", "employer",
                       "university",
                       "state", "commercial"],
    "terms": ["gift", "loan", "paid", "return_expected"],
}  # fmt: skip


def codebook() -> dict[str, Any]:
    """The whole codebook, in the shape of its file."""
    return {
        "title": "Codebook of the synthetic sample study",
        "version": "1",
        "domains": {"location": LOCATION, "legal": LEGAL, "activism": ACTIVISM, "emotion": EMOTION},
        "events": {name: {"label": label, "definition": text} for name, (label, text) in EVENTS.items()},
        "attributes": {name: {"label": label, **({"definition": text} if text else {}), "values": values}
                       for name, (label, text, values) in ATTRIBUTES.items()},
        "ties": TIES,
    }  # fmt: skip
