"""The R script that redoes an analysis in TraMineR and WeightedCluster, line by line from the plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from trajectories.coding.codebook import Domain
from trajectories.findings.stages import Findings
from trajectories.report.r_states import has_void, states_in_r
from trajectories.version import __version__

if TYPE_CHECKING:
    from trajectories.alignment.costs.costs import DomainCosts

SCRIPT = "redo_in_traminer.R"
METHODS = {
    "optimal_matching": "OM", "hamming": "HAM", "dynamic_hamming": "DHD", "longest_common_subsequence": "LCS",
}  # fmt: skip


def script(findings: Findings) -> str:
    """The whole script; ASCII, so that every R reads it alike."""
    parts = [_opening(findings), _reading(findings), _alignment(findings), _agreement(), _types(findings),
             _quality(findings), _cohorts(findings), _closing()]  # fmt: skip
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def r_text(text: str) -> str:
    r"""Text as R source: quoted, other signs than ASCII as ``\u00e4``.

    >>> r_text('M\u00fcnchen "1"')
    '"M\\u00fcnchen \\"1\\""'
    """
    signs = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return '"' + "".join(signs.get(sign) or _plain(sign) for sign in text) + '"'


def _plain(sign: str) -> str:
    number = ord(sign)
    if 32 <= number < 127:
        return sign
    return f"\\u{number:04x}" if number < 65536 else f"\\U{number:08x}"


def _vector(values: Iterable[str]) -> str:
    return f"c({', '.join(values)})"


def _number(value: float) -> str:
    return repr(float(value))


def _heading(text: str) -> str:
    return f"# {text} " + "-" * max(3, 76 - len(text))


def _opening(findings: Findings) -> Iterator[str]:
    title = findings.plan.title or findings.study.title
    yield f"# {r_text(title)[1:-1]}"
    yield f"# Redone in TraMineR: written by trajectories {__version__}. Run: Rscript {SCRIPT}"
    yield "# Beside it: sequences_*.csv, costs_*.csv, people.csv, pairs.csv, results.csv."
    yield "# These files tell lives month by month: they are personal data."
    yield "# Needs R 4 and install.packages(c(\"TraMineR\", \"WeightedCluster\")); made for TraMineR 2.2."
    yield ""
    yield "library(TraMineR)"
    yield "library(WeightedCluster)"
    yield f"set.seed({findings.plan.seed})"


def _reading(findings: Findings) -> Iterator[str]:
    yield _heading("Sequences: the alphabet, labels and colours of the codebook")
    yield 'people <- read.csv("people.csv", colClasses = c(id = "character"), na.strings = "",'
    yield '                   check.names = FALSE, encoding = "UTF-8")'
    weighted = "people$weight" if _weighted(findings) else "NULL"
    yield f"case_weights <- {weighted}"
    yield "read_domain <- function(name, alphabet, labels, colours) {"
    yield '  table <- read.csv(paste0("sequences_", name, ".csv"), colClasses = "character", na.strings = "",'
    yield '                    check.names = FALSE, encoding = "UTF-8")'
    yield "  stopifnot(identical(table$id, people$id))"
    yield "  seqdef(table[, -1, drop = FALSE], alphabet = alphabet, labels = labels, cpal = colours,"
    yield '         id = table$id, weights = case_weights,'
    yield '         left = NA, gaps = NA, right = "DEL")  # cells left empty at the end are void'
    yield "}"
    yield "domains <- list()"
    aligned = findings.aligned
    for layer, domain in enumerate(aligned.domains):
        yield from _domain(domain, states_in_r(aligned, layer))


def _domain(domain: Domain, states: tuple[str, ...]) -> Iterator[str]:
    labels, colours = domain.labels, domain.colours
    yield f"domains[[{r_text(domain.name)}]] <- read_domain({r_text(domain.name)},"
    yield f"  alphabet = {_vector(r_text(state) for state in states)},"
    yield f"  labels = {_vector(r_text(labels.get(state, 'missing')) for state in states)},"
    yield f"  colours = {_vector(r_text(colours.get(state, '#a9a9a9')) for state in states)})"


def _counting(findings: Findings) -> tuple[DomainCosts, ...]:
    """Costs of the domains that count, none for the longest common subsequence."""
    return () if findings.costs is None else findings.costs.fitting(findings.aligned)


def _alignment(findings: Findings) -> Iterator[str]:
    yield _heading("Dissimilarities: the same costs, as matrices")
    costs = _counting(findings)
    method = METHODS[findings.plan.measure.name]
    if costs:
        yield from _cost_reader()
        names = _vector(r_text(one.domain) for one in costs)
        yield f"domains <- domains[{names}]  # those that weigh more than 0"
        yield f"costs <- lapply({names}, read_costs)"
    yield from _call(findings, costs, method)
    yield "rownames(diss) <- colnames(diss) <- people$id"


def _cost_reader() -> Iterator[str]:
    yield "read_costs <- function(name) {"
    yield '  table <- read.csv(paste0("costs_", name, ".csv"), check.names = FALSE, encoding = "UTF-8",'
    yield '                    colClasses = c(from = "character"))'
    yield '  states <- table$from[table$position == 1]'
    yield '  values <- as.matrix(table[, -(1:2)])'
    yield '  dimnames(values) <- NULL'
    yield '  rows_of <- split(seq_len(nrow(values)), table$position)'
    yield '  if (length(rows_of) == 1) return(values)'
    yield '  by_position <- lapply(rows_of, function(rows) values[rows, ])'
    yield '  array(unlist(by_position), dim = c(length(states), length(states), length(rows_of)))'
    yield "}"


def _call(findings: Findings, costs: tuple[DomainCosts, ...], method: str) -> Iterator[str]:
    several = len(costs) > 1 or (not costs and len(findings.domains) > 1)
    missing = "TRUE" if several and has_void(findings.aligned) else "FALSE"
    plan = findings.plan.measure
    prices = [one.highest / 2 if plan.indel == "auto" else float(plan.indel) for one in costs]
    if several:
        yield f'diss <- seqMD(domains, method = "{method}", norm = "none", what = "diss", link = "sum",'
        if method == "OM":
            yield f"              indel = {_vector(map(_number, prices))},"
        if costs:
            yield f"              sm = costs, cweight = {_vector(_number(one.weight) for one in costs)},"
        yield f"              with.missing = {missing})"
        return
    settings = [f'method = "{method}"', 'norm = "none"']
    if costs:
        settings.append(f"sm = costs[[1]] * {_number(costs[0].weight)}")
    if method == "OM":
        settings.append(f"indel = {_number(prices[0] * costs[0].weight)}")
    settings.append(f"with.missing = {missing}")
    yield f"diss <- seqdist(domains[[1]], {', '.join(settings[:2])},"
    yield f"                {', '.join(settings[2:])})"


def _agreement() -> Iterator[str]:
    yield 'pairs <- read.csv("pairs.csv")'
    yield "there <- diss[cbind(pairs$one, pairs$other)]"
    yield 'cat("\\nLargest difference among", nrow(pairs), "dissimilarities:",'
    yield '    format(max(abs(there - pairs$dissimilarity))), "of up to", format(max(there)), "\\n")'
    yield 'stopifnot(all.equal(there, pairs$dissimilarity, tolerance = 1e-5))'


def _types(findings: Findings) -> Iterator[str]:
    plan = findings.plan.types
    yield _heading(f"{plan.k} types")
    yield 'results <- read.csv("results.csv", na.strings = "", encoding = "UTF-8")'
    if plan.method != "pam":
        linkage = {"ward": "ward.D2", "ward_d": "ward.D"}.get(plan.method, plan.method)
        yield f'tree <- hclust(as.dist(diss), method = "{linkage}", members = case_weights)'
        yield f"types <- cutree(tree, k = {plan.k})"
    else:
        yield from _medoids(plan.k)
    yield 'cat("\\nTypes in trajectories and in R; one number in each row and column: they are the same.\\n")'
    yield "print(table(trajectories = people$type, R = as.integer(factor(types))))"


def _medoids(k: int) -> Iterator[str]:
    yield 'tree <- hclust(as.dist(diss), method = "ward.D", members = case_weights)'
    yield f"from_tree <- wcKMedoids(diss, k = {k}, weights = case_weights, initialclust = tree)"
    yield f"from_chance <- wcKMedoids(diss, k = {k}, weights = case_weights, npass = 100)"
    yield "begun_here <- which(people$medoid == 1)  # can PAM better the medoids found by trajectories?"
    yield f"from_ours <- wcKMedoids(diss, k = {k}, weights = case_weights, initialclust = begun_here)"
    yield "all_weights <- if (is.null(case_weights)) rep(1, nrow(diss)) else case_weights"
    yield "loss <- function(medoids) sum(all_weights * apply(diss[, medoids, drop = FALSE], 1, min))"
    yield "tried <- list(tree = from_tree, chance = from_chance, ours = from_ours)"
    yield "losses <- sapply(tried, function(found) loss(unique(found$clustering)))"
    yield 'cat("\\nSum of dissimilarities to the medoids: trajectories", format(loss(begun_here)), "\\n")'
    yield "print(losses)"
    yield "types <- tried[[which.min(losses)]]$clustering"


def _quality(findings: Findings) -> Iterator[str]:
    yield _heading("Quality, for each number of types")
    first, last = findings.plan.types.quality
    last = min(last, findings.lives.n - 1)
    yield 'cat("\\nQuality of these types:\\n")'
    yield "print(wcClusterQuality(diss, types, weights = case_weights)$stats)"
    if last < first:
        return
    if findings.plan.types.method == "pam":
        ks = f"{first}:{last}"
        yield f"print(wcKMedRange(diss, kvals = {ks}, weights = case_weights, initialclust = tree))"
    else:
        yield f"print(as.clustrange(tree, diss = diss, weights = case_weights, ncluster = {max(3, last)}))"
    yield 'pdf("types.pdf", width = 9, height = 6)'
    yield "for (name in names(domains))"
    yield "  seqdplot(domains[[name]], group = people$type, border = NA, main = name)"
    yield "dev.off()"


def _cohorts(findings: Findings) -> Iterator[str]:
    yield _heading("Cohorts: how much of the discrepancy goes with them")
    permutations = findings.plan.comparison.permutations
    for name in findings.compared:
        column = r_text(f"cohort_{name}")
        yield f"cohort <- people[[{column}]]  # NA: in none of these cohorts, left out"
        yield f"found <- dissassoc(diss, group = cohort, weights = case_weights, R = {permutations},"
        yield '                   weight.permutation = "diss")'
        yield f"cat({r_text(chr(10) + 'Cohorts by ' + name + ': trajectories' + chr(10))})"
        yield f"expected <- results[which(results$scheme == {r_text(name)}), ]"
        yield "print(expected, row.names = FALSE)"
        yield 'cat("TraMineR\\n")'
        yield "print(found$stat)"
        yield 'share <- expected$value[expected$what == "pseudo R2"]'
        yield 'stopifnot(all.equal(found$stat["Pseudo R2", 1], share, tolerance = 1e-5))'
        yield "print(table(type = people$type, cohort = cohort))"


def _closing() -> Iterator[str]:
    yield 'cat("\\nDissimilarities and pseudo R2 are the same in TraMineR.\\n")'
    yield "print(sessionInfo()$otherPkgs$TraMineR$Version)"


def _weighted(findings: Findings) -> bool:
    return bool(np.ptp(findings.lives.weights) > 0 or findings.lives.weights[0] != 1)
