# Sequential CART as R's synthpop does it (Nowok, Raab & Dibben 2016), with the same command line as the other peers:
#
#   Rscript synthpop.R TRAIN.csv META.json ROWS SEED OUT.csv
#
# Where the package synthpop is installed, its syn() runs with its defaults. Where it is not (Debian has no package of
# it), the same steps run here on the package that synthpop itself grows its trees with, rpart: columns in the table's
# order, the first drawn from its own values, every other from a tree on those before it (minbucket 5, cp 1e-8, rpart's
# other defaults), each row given the value of a random row of its leaf, or a level drawn by the leaf's shares. Missing
# numbers are a column of their own before the number, which is 0 there; missing levels are a level. The last line on
# stdout is one JSON object: CPU seconds and versions.

given <- commandArgs(trailingOnly = TRUE)
rows <- as.integer(given[3])
seed <- as.integer(given[4])
cpu <- function() sum(proc.time()[c(1, 2, 4, 5)])

# The texts of a list of strings named `key` in a flat JSON file.
strings_of <- function(path, key) {
  text <- paste(readLines(path, warn = FALSE), collapse = " ")
  inside <- sub(paste0('.*"', key, '"[[:space:]]*:[[:space:]]*\\[([^]]*)\\].*'), "\\1", text)
  if (identical(inside, text)) return(character())
  gsub('^"|"$', "", regmatches(inside, gregexpr('"[^"]*"', inside))[[1]])
}

read_table <- function(path, categorical) {
  table <- read.csv(path, na.strings = "", check.names = FALSE, stringsAsFactors = FALSE, colClasses = "character")
  for (name in names(table)) {
    table[[name]] <- if (name %in% categorical) factor(table[[name]]) else as.numeric(table[[name]])
  }
  table
}

# Every number with missing cells becomes two columns, the flag first; every factor gets its missing cells as a level.
pad_missing <- function(table) {
  padded <- list()
  for (name in names(table)) {
    y <- table[[name]]
    if (is.factor(y)) {
      padded[[name]] <- if (anyNA(y)) addNA(y) else y
    } else if (anyNA(y)) {
      padded[[paste0(name, "\x1fmissing")]] <- factor(is.na(y))
      padded[[name]] <- ifelse(is.na(y), 0, y)
    } else {
      padded[[name]] <- y
    }
  }
  for (name in names(padded)) if (is.factor(padded[[name]])) {
    levels(padded[[name]])[is.na(levels(padded[[name]]))] <- "\x1fNA"
  }
  padded
}

draw <- function(values, size) values[sample.int(length(values), size, replace = TRUE)]

draw_column <- function(y, x, xp) {
  n <- length(xp[[1]])
  constant <- vapply(x, function(v) length(unique(v)) < 2, logical(1))
  x <- x[!constant]
  xp <- xp[names(x)]
  if (length(x) == 0 || length(unique(y)) < 2) return(draw(y, n))
  names(x) <- names(xp) <- paste0("x", seq_along(x))
  frame <- as.data.frame(c(list(y = y), x))
  new <- as.data.frame(xp)
  if (is.factor(y)) {
    frame$y <- droplevels(frame$y)
    fit <- rpart::rpart(y ~ ., data = frame, method = "class", minbucket = 5, cp = 1e-8)
    shares <- predict(fit, new)
    picked <- apply(shares, 1, function(p) sample.int(length(p), 1, prob = p))
    return(factor(colnames(shares)[picked], levels = levels(y)))
  }
  fit <- rpart::rpart(y ~ ., data = frame, method = "anova", minbucket = 5, cp = 1e-8)
  nodes <- as.numeric(row.names(fit$frame))
  leaf <- nodes[fit$where]
  fit$frame$yval <- nodes
  at <- predict(fit, new)
  out <- numeric(n)
  for (node in unique(at)) out[at == node] <- draw(y[leaf == node], sum(at == node))
  out
}

synthesise <- function(table) {
  real <- pad_missing(table)
  synthetic <- list()
  for (name in names(real)) {
    y <- real[[name]]
    flag <- paste0(name, "\x1fmissing")
    known <- if (flag %in% names(real)) real[[flag]] == "FALSE" else rep(TRUE, length(y))
    wanted <- if (flag %in% names(real)) synthetic[[flag]] == "FALSE" else rep(TRUE, rows)
    before <- names(synthetic)
    drawn <- if (is.factor(y)) factor(rep(NA, rows), levels = levels(y)) else numeric(rows)
    drawn[wanted] <- if (length(before) == 0) draw(y[known], sum(wanted)) else draw_column(
      y[known], lapply(real[before], `[`, known), lapply(synthetic[before], `[`, wanted)
    )
    synthetic[[name]] <- drawn
  }
  out <- lapply(names(table), function(name) {
    y <- synthetic[[name]]
    if (is.factor(y)) return(ifelse(y == "\x1fNA", NA, as.character(y)))
    flag <- synthetic[[paste0(name, "\x1fmissing")]]
    if (is.null(flag)) y else ifelse(flag == "TRUE", NA, y)
  })
  names(out) <- names(table)
  as.data.frame(out, check.names = FALSE)
}

table <- read_table(given[1], strings_of(given[2], "categorical"))
packaged <- requireNamespace("synthpop", quietly = TRUE)
started <- cpu()
set.seed(seed)
synthetic <- if (packaged) {
  synthpop::syn(table, method = "cart", k = rows, seed = seed, print.flag = FALSE, maxfaclevels = 1000)$syn
} else {
  synthesise(table)
}
ended <- cpu()
write.csv(synthetic, given[5], row.names = FALSE, na = "")
engine <- if (packaged) c(synthpop = as.character(packageVersion("synthpop"))) else c(synthpop = "its steps on rpart")
versions <- c(R = paste(R.version$major, R.version$minor, sep = "."), engine, rpart = as.character(packageVersion("rpart")))
cat(sprintf(
  '\n{"seconds": {"start": %.2f, "fit": %.2f, "sample": 0}, "versions": {%s}}\n',
  started, ended - started, paste(sprintf('"%s": "%s"', names(versions), versions), collapse = ", ")
))
