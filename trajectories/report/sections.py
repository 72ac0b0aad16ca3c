"""The sections of the report, each a piece of HTML."""

from __future__ import annotations

from collections import Counter
from html import escape

from trajectories.figures.multiverse import CHOICES
from trajectories.findings.many_settings import Multiverse
from trajectories.findings.stages import Findings
from trajectories.findings.trust import Question
from trajectories.report.html_tables import grid
from trajectories.report.manifest import versions
from trajectories.report.methods import methods
from trajectories.report.pictures import Pictures
from trajectories.report.told import Told, said
from trajectories.wording import counted, people, percent, unbroken


def section(key: str, title: str, *parts: str) -> str:
    """A section with its heading; parts that are empty are left out."""
    inside = "\n".join(filter(None, parts))
    return f'<section id="{key}">\n<h2>{escape(title)}</h2>\n{inside}\n</section>'


def short(findings: Findings, told: Told) -> str:
    """What a colleague in a hurry reads: who, how many types, what differs."""
    chosen = [*told.about("people"), *told.about("types")[:1]]
    if findings.plan.stability.asked():
        chosen += [part[0] for part in findings.trust_parts().values()][:2]
    for scheme in dict.fromkeys(statement.scheme for statement in told.about("cohorts")):
        chosen += [*told.about("cohorts", scheme)[:1], *told.about("cohort_types", scheme)[1:2]]
    return section("short", "In short", *(said(statement) for statement in chosen))


def lives(told: Told, pictures: Pictures) -> str:
    """What all lives together look like."""
    drawn = pictures.of("distribution", "index")
    return section("lives", "The lives", drawn) if drawn else ""


def types(findings: Findings, told: Told, pictures: Pictures) -> str:
    """The types: how many, how large, what each is mostly, drawn; then how clearly they are separated."""
    found, rows = findings.types, []
    for number, statement in enumerate(told.about("type")):
        name, n = found.names[number], found.sizes[number]
        share = n / len(found.ids)
        bar = f'<span class="bar" style="width:{5 * share:.2f}em"></span>'
        what = statement.plain.removeprefix(f"{name}: ").rstrip(".")
        rows.append([escape(name), f"{n:,}", f"{percent(share)} {bar}", escape(what)])
    table = grid(["Type", "n", "Share of lives", "What its lives are"], rows, right=(1,))
    return section("types", "Types of trajectory", *(said(s) for s in told.about("types")), table,
                   _crossed_domains(findings), pictures.of("types"), _in_words(findings),
                   pictures.of("typical"), pictures.of("quality"))  # fmt: skip


def _in_words(findings: Findings) -> str:
    """Each type as a text made from its numbers, and what sets it apart from the rest."""
    found = findings.descriptions
    note = f"{escape(found.note, quote=False)} All of it: <code>tables/contrasts_by_type.csv</code>."
    texts = [
        f"<p><strong>{escape(name)}.</strong> {escape(' '.join(course))}</p>"
        f'<p class="apart">{escape(unbroken(" ".join(apart)))}</p>'
        for name, course, apart in zip(found.names, found.courses, found.apart, strict=True)
    ]
    return "\n".join(("<h3>Each type in words</h3>", *texts, f'<p class="note">{note}</p>'))


COMBINATIONS = 12
"""How many combinations of types the page tells of, the most common first."""


def _crossed_domains(findings: Findings) -> str:
    """Where domains are typed each on its own: their types, and the combinations with the type of each."""
    from trajectories.findings.tables import combinations, types_by_domain

    crossed = findings.crossed
    if crossed is None:
        return ""
    alone = [
        [escape(name), f"{n:,}", percent(share), escape(f"{mostly} ({percent(time)} of the time)")]
        for name, n, share, mostly, time in
        types_by_domain(findings, crossed)[["type", "n", "share", "mostly", "time"]].itertuples(index=False)
    ]  # fmt: skip
    domains, table = list(crossed.typologies), combinations(findings, crossed)
    together = [
        [escape(" + ".join(row[: len(domains)])), f"{row[-3]:,}", f"{row[-2]:.1f}", escape(row[-1])]
        for row in
        table[[*domains, "n", "expected", "type"]].head(COMBINATIONS).itertuples(index=False, name=None)
    ]  # fmt: skip
    rest = table["n"].iloc[COMBINATIONS:]
    more = (f"{counted(len(rest), 'rarer combination')} ({people(int(rest.sum()))}) are"
            if len(rest) else "All of it is")  # fmt: skip
    note = ('<p class="note">Expected: people if the domains had nothing to do with each other. '
            f"{more} in <code>tables/combinations.csv</code>.</p>")  # fmt: skip
    return "\n".join((
        "<h3>The domains each on its own</h3>",
        grid(["Type of a domain", "n", "Share of lives", "Most often"], alone, right=(1, 2)),
        "<h3>How they go together</h3>",
        grid(["Combination", "n", "Expected", "Type"], together, right=(1, 2)), note,
    ))  # fmt: skip


def cohorts(findings: Findings, told: Told, pictures: Pictures) -> str:
    """Each cohort scheme: whether lives differ, in which types, drawn."""
    parts = []
    for name in findings.plan.comparison.cohorts:
        label = findings.study.cohorts[name].label
        statements = [*told.about("cohorts", name), *told.about("cohort_types", name)]
        parts.append(f"<h3>{escape(label)}</h3>")
        parts += [said(statement, without=f"{label}: ") for statement in statements]
        if name in findings.compared:
            parts.append(_crossed(findings, name))
        parts.append(pictures.named(f"cohorts_{name}", f"cohort_types_{name}"))
    return section("cohorts", "Cohorts", *parts) if parts else ""


def _crossed(findings: Findings, scheme: str) -> str:
    """Types by cohort: counts with shares, marked where they are more or fewer than expected."""
    result = findings.type_table(scheme)
    sizes = result.counts.sum(axis=1).tolist()
    header = ["Type", *(f"{escape(g)}<br>n = {n:,}" for g, n in zip(result.groups, sizes, strict=True))]
    marks = zip(*result.marks, strict=True)
    cells = [
        [_cell(*values) for values in zip(n.tolist(), share.tolist(), signs, strict=True)]
        for n, share, signs in zip(result.counts.T, result.shares.T, marks, strict=True)
    ]
    rows = [[escape(name), *row] for name, row in zip(result.types, cells, strict=True)]
    note = f'<p class="note">{escape(result.marking)}</p>'
    return grid(header, rows, right=range(1, len(header))) + note


def _cell(n: int, share: float, mark: str) -> str:
    return f'{n:,} <span class="stat">{percent(share)}</span> {mark}'.rstrip()


def trust(findings: Findings, pictures: Pictures) -> str:
    """What of the types depends on choices, on chance, on who was interviewed and on imprecise dates, as far
    as the plan asks, each question with its figures."""
    if not findings.plan.stability.asked():
        return ""
    shown = {
        "number": [],
        "choices": [_choices(findings.multiverse), pictures.named("multiverse_types", "multiverse_cohorts")],
        "chance": [pictures.named("null_models")],
        "people": [_found_again(findings), pictures.named("bootstrap")],
        "dates": [_WHO_MOVES if findings.date_stability and findings.date_stability.vague else "",
                  pictures.named("date_stability")],
    }
    parts = []
    for question, told in findings.trust_parts().items():
        title, lead = QUESTIONS[question]
        parts += [f"<h3>{title}</h3>", f'<p class="note">{lead}</p>' if lead else ""]
        parts += [*(said(statement, without=f"{title}: ") for statement in told), *shown[question]]
    return section("trust", "How far this can be trusted", *parts)


QUESTIONS: dict[Question, tuple[str, str]] = {
    "number": ("How many types", ""),
    "choices": ("Would other sensible choices find the same?", "The whole analysis in every combination of "
                "the settings in the table, each of which a careful colleague could have chosen."),
    "chance": ("Is there more than chance?", "Lives were made by chance in five ways, each of which keeps "
               "something of the real ones, and typed in the same way. The last is the hardest test: its "
               "lives go on from each state as the real ones do, and have no memory beyond it."),
    "people": ("Would other people give the same types?", "The people were drawn anew, and typed anew."),
    "dates": ("Do the types rest on dates that nobody knows exactly?", "Every imprecise date was put on "
              "another day that it allows, and the whole analysis repeated."),
}  # fmt: skip
"""What each question is called, and how it is answered."""
_WHO_MOVES = ('<p class="note">Who is of another type in some draws, and which date goes with it, is in '
              "<code>tables/date_stability_people.csv</code>.</p>")  # fmt: skip


def _found_again(findings: Findings) -> str:
    """Each type with its bootstrap stability and the usual reading."""
    if findings.bootstrap is None:
        return ""
    found = findings.bootstrap.table()
    rows = [
        [escape(name), f"{n:,}", f"{mean:.2f}", f"{low:.2f} to {high:.2f}", reading]
        for name, n, mean, low, high, reading in
        found[["type", "n", "jaccard", "low", "high", "reading"]].itertuples(index=False)
    ]  # fmt: skip
    header = ["Type", "n", "Mean Jaccard coefficient", "Middle 95 % of the samples", "Reading"]
    return grid(header, rows, right=(1, 2, 3))


def _choices(found: Multiverse | None) -> str:
    """Each choice of the multiverse: its options, and how much of the results it decides."""
    if found is None:
        return ""
    table, matters = found.table(), found.matters()
    rows = [
        [escape(CHOICES.get(choice, choice)), escape("; ".join(dict.fromkeys(table[choice]))), _part(rand),
         _part(r2)]
        for choice, rand, r2 in matters[["choice", "rand", "pseudo_r2"]].itertuples(index=False)
    ]
    header = ["Choice", "Tried", "Of the variance of the agreement on types",
              "Of the variance of what cohorts account for"]  # fmt: skip
    return grid(header, rows, right=(2, 3))


def _part(share: float) -> str:
    return percent(share) if share == share else ""


def single_lives(pictures: Pictures) -> str:
    """The timelines that the plan asks for."""
    drawn = pictures.of("timeline")
    return section("single", "Single lives", drawn) if drawn else ""


def left_out(findings: Findings) -> str:
    """How many are left out of the analysis and of each comparison, and why."""
    analysed, total = findings.lives.n, len(findings.study.people)
    if analysed == total:
        return section("left-out", "Who is left out", "<p>Nobody: everybody in the study is analysed.</p>")
    reasons = Counter(reason for _, reason in findings.lives.left_out).most_common()
    rows = [[escape(reason), f"{n:,}", percent(n / total)] for reason, n in reasons]
    out, verb = total - analysed, "is" if total - analysed == 1 else "are"
    lead = (f"<p>Of {people(total)}, {out:,} {verb} left out: see <code>tables/people.csv</code> for each "
            "with the reason.</p>")  # fmt: skip
    table = grid(["Reason", "People", "Of the study"], rows, right=(1, 2))
    return section("left-out", "Who is left out", lead, table)


def methods_section(findings: Findings) -> str:
    """The methods as a paragraph to be taken into a paper, and the works it cites."""
    text = methods(findings)
    works = "".join(f"<li>{escape(work)}</li>" for work in text.references)
    return section("methods", "Methods, to be taken into a paper",
                   f'<div class="methods"><p>{escape(text.paragraph)}</p></div>',
                   f'<h3>References</h3>\n<ul class="references">{works}</ul>')  # fmt: skip


def again(findings: Findings) -> str:
    """What is needed to get the same again."""
    used = ", ".join(f"{name} {version}" for name, version in versions().items())
    return section(
        "again", "To repeat it",
        "<p>The same study and the plan below give the same files, byte for byte, with the same versions: "
        f"{escape(used)}. "
        "<code>manifest.json</code> holds the checksums of everything read and written. "
        f"Key of the plan: <code>{findings.asked.key}</code>.</p>",
        f"<pre>{escape(findings.asked.yaml().rstrip())}</pre>",
        _weights(findings),
    )  # fmt: skip


def _weights(findings: Findings) -> str:
    """What stands in the place of a rule for the weights of domains; nothing for weights by hand."""
    if findings.rule is None:
        return ""
    weights = findings.plan.measure.by_hand.items()
    found = ", ".join(f"{name}: {weight:g}" for name, weight in weights)
    return (f"<p>The rule <code>{findings.rule}</code> found <code>weights: {{{escape(found)}}}</code>. The "
            "plan with these numbers in its place gives the same types; with other people or another clock, "
            "the rule would give other weights.</p>")  # fmt: skip
