# Times one call of TraMineR: Rscript peer_traminer.R FOLDER (see peers.py)
suppressMessages({library(TraMineR); library(jsonlite)})
folder <- commandArgs(trailingOnly = TRUE)[1]
call <- fromJSON(file.path(folder, "call.json"))
call$threads <- NULL
call$domains <- NULL
call$times <- NULL
states <- read.csv(file.path(folder, "states.csv"), header = FALSE, colClasses = "character")
# in the order of the rows of sm; by itself seqdef sorts states as words, s10 before s2
last <- if (is.null(dim(call$sm))) max(as.integer(sub("s", "", unlist(states)))) else nrow(call$sm) - 1
lives <- suppressMessages(seqdef(states, alphabet = paste0("s", 0:last), cpal = rainbow(last + 1)))
seconds <- system.time(
  found <- suppressMessages(do.call(seqdist, c(list(seqdata = lives, full.matrix = FALSE), call)))
)[["elapsed"]]
writeBin(as.double(found), file.path(folder, "condensed.bin"))
write(toJSON(list(seconds = seconds), auto_unbox = TRUE), file.path(folder, "seconds.json"))
