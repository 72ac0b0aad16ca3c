# Times one call of TraMineR: Rscript peer_traminer.R FOLDER (see peers.py)
suppressMessages({library(TraMineR); library(jsonlite)})
folder <- commandArgs(trailingOnly = TRUE)[1]
call <- fromJSON(file.path(folder, "call.json"))
call$threads <- NULL
call$domains <- NULL
call$times <- NULL
states <- read.csv(file.path(folder, "states.csv"), header = FALSE, colClasses = "character")
lives <- suppressMessages(seqdef(states))
seconds <- system.time(
  found <- suppressMessages(do.call(seqdist, c(list(seqdata = lives, full.matrix = FALSE), call)))
)[["elapsed"]]
writeBin(as.double(found), file.path(folder, "condensed.bin"))
write(toJSON(list(seconds = seconds), auto_unbox = TRUE), file.path(folder, "seconds.json"))
