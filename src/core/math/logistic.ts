/** The probability of a log odds: 1 / (1 + e^-x). */
export const logistic = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));

/** The log odds of a probability, which is above 0 and below 1. */
export const logit = (p: number): number => Math.log(p / (1 - p));
