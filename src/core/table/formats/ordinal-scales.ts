/**
 * Scales of words, from little to much, in English, German, French, Spanish and Italian. Places are parted by "<", words
 * for one place by "|". A column need not use every place.
 */
export const SCALES: readonly string[] = [
  "none|no|nil|absent|normal|asymptomatic < minimal|trace|very mild|doubtful|questionable < mild|slight|minor|light < mild to moderate|mild-moderate < moderate|medium < moderate to severe|moderate-severe|marked < severe|major|strong|serious|heavy < very severe|extreme|critical|massive|life-threatening|life threatening|worst possible < fatal|death|dead",
  "none|zero|nil < very low|lowest < low < low normal|low-normal|below average|below normal|medium low < medium|moderate|normal|average|intermediate|mid|middle < medium high|above average|above normal|borderline|borderline high|slightly elevated < high|elevated|raised < very high|highest|well above normal < extreme|critical|extremely high",
  "never < almost never|hardly ever|rarely|seldom|rare < occasionally|occasional < sometimes < often|frequently|frequent|regularly < usually|very often|mostly|most of the time|almost always|nearly always < always|constantly|all the time",
  "strongly disagree|totally disagree|completely disagree < disagree < somewhat disagree|slightly disagree|rather disagree < neutral|neither|neither agree nor disagree|undecided|neither/nor < somewhat agree|slightly agree|rather agree < agree < strongly agree|totally agree|completely agree",
  "very poor|very bad|terrible < poor|bad < fair|sufficient|acceptable|average < good|satisfactory < very good < excellent|outstanding|perfect",
  "very dissatisfied|very unsatisfied < dissatisfied|unsatisfied < neutral|neither satisfied nor dissatisfied < satisfied < very satisfied",
  "not at all < a little|a little bit|slightly < somewhat|moderately < quite a bit|quite a lot|considerably < very much|extremely|a lot",
  "much worse < worse|deteriorated < slightly worse < unchanged|same|stable|no change < slightly better < better|improved < much better|much improved < cured|resolved",
  "very unlikely < unlikely|improbable < possible|possibly|uncertain < likely|probable|probably < very likely < certain|definite|definitely|confirmed",
  "tiny|very small < small < medium|mid|middle < large|big < very large|huge",
  "xxs < xs < s < m < l < xl < xxl|2xl < xxxl|3xl",
  "underweight < normal|normal weight|healthy weight < overweight|preobese|pre-obese < obese|obesity|obese i|obesity i < obese ii|obesity ii < obese iii|obesity iii|severely obese|morbidly obese",
  "never|never smoker|never smoked|non-smoker|nonsmoker < former|ex|ex-smoker|former smoker|past|previous < current|smoker|current smoker|active",
  "no education|none < primary|primary school|elementary < lower secondary < secondary|secondary school|high school < upper secondary < some college|college < bachelor|bachelors|undergraduate < master|masters|postgraduate < doctorate|phd",
  "negative|neg|neg.|-|0|nil|none|normal|negativ|négatif|negativo < (+)|±|+/-|trace|traces|spur|spuren|tr < +|1+|(+)+ < ++|2+ < +++|3+ < ++++|4+",
  "non-urgent|non urgent|nonurgent|routine|elective < less urgent|semi-urgent|standard < urgent < very urgent|emergent|emergency < immediate|resuscitation",
  "white < green < yellow < orange < red",
  "low risk < intermediate risk|moderate risk|medium risk < high risk < very high risk",
  "premature|preterm|very preterm < term|at term < post-term|postterm",
  "well differentiated|well < moderately differentiated|moderate|moderately < poorly differentiated|poor|poorly < undifferentiated|anaplastic",
  "localized|localised|local < regional < distant|metastatic",
  "keine|kein|keiner|nein|ohne|normal|unauffällig < minimal|sehr leicht|fraglich|diskret < leicht|leichte|leichter|leichtgradig|gering|geringe|geringgradig|mild|milde < leicht bis mittel|leicht bis mittelgradig < mäßig|mässig|mäßige|mittel|mittelschwer|mittelgradig|moderat|mittlere < mittelgradig bis schwer < schwer|schwere|schwerer|schwergradig|stark|starke|hochgradig|ausgeprägt < sehr schwer|sehr stark|kritisch|extrem|lebensbedrohlich",
  "kein|keine < sehr niedrig|sehr gering < niedrig|tief|gering|erniedrigt < mittel|normal|durchschnittlich|mittelhoch < leicht erhöht|grenzwertig < hoch|erhöht < sehr hoch|stark erhöht < extrem hoch",
  "nie|niemals < fast nie|selten < gelegentlich < manchmal|ab und zu < oft|häufig|regelmäßig < meistens|sehr oft|sehr häufig|fast immer < immer|ständig",
  "stimme gar nicht zu|stimme überhaupt nicht zu|trifft gar nicht zu|trifft überhaupt nicht zu < stimme nicht zu|trifft nicht zu < stimme eher nicht zu|trifft eher nicht zu < teils-teils|teils teils|teils/teils|neutral|weder noch < stimme eher zu|trifft eher zu < stimme zu|trifft zu < stimme voll zu|stimme voll und ganz zu|trifft voll zu|trifft voll und ganz zu",
  "sehr schlecht < schlecht < mäßig|mässig|mittel|mittelmäßig|ausreichend < zufriedenstellend|befriedigend < gut < sehr gut < ausgezeichnet|hervorragend",
  "sehr unzufrieden < unzufrieden < neutral|teils-teils < zufrieden < sehr zufrieden",
  "gar nicht|überhaupt nicht < wenig|kaum|ein wenig|etwas < mäßig|mittelmäßig < ziemlich|deutlich < sehr|stark|äußerst",
  "sehr klein < klein < mittel|mittelgroß < groß|gross < sehr groß|sehr gross",
  "untergewicht|untergewichtig < normalgewicht|normalgewichtig|normal < übergewicht|übergewichtig < adipositas|adipös",
  "nie|nieraucher|nichtraucher < ehemalig|ehemals|exraucher|ex-raucher|früher < aktuell|raucher|aktiv",
  "nicht dringend|elektiv|geplant < normal|weniger dringend < dringend|dringlich < sehr dringend|notfall < sofort",
  "aucun|aucune|absent|absente|nul|nulle|normal < minime|très léger|très légère < léger|légère|leger|faible < modéré|modérée|modere|moyen|moyenne < sévère|severe|grave|fort|forte|important|importante < très sévère|très grave|critique|extrême",
  "très bas|très basse|très faible < bas|basse|faible < moyen|moyenne|normal|normale|intermédiaire < élevé|élevée|haut|haute|eleve < très élevé|très élevée|très haut",
  "jamais < presque jamais|rarement < occasionnellement < parfois|quelquefois < souvent|fréquemment < très souvent|presque toujours|la plupart du temps < toujours",
  "pas du tout d'accord|tout à fait en désaccord < pas d'accord|plutôt pas d'accord|en désaccord < neutre|ni d'accord ni pas d'accord|sans opinion < plutôt d'accord < d'accord < tout à fait d'accord",
  "très mauvais|très mauvaise < mauvais|mauvaise < moyen|moyenne|passable < bon|bonne|satisfaisant < très bon|très bonne < excellent|excellente",
  "très petit < petit|petite < moyen|moyenne < grand|grande < très grand",
  "ninguno|ninguna|ausente|nulo|nula|no|normal < mínimo|mínima|minimo|muy leve < leve|ligero|ligera < moderado|moderada|medio|media < grave|severo|severa|intenso|intensa|fuerte < muy grave|muy severo|crítico|crítica|critico|extremo",
  "muy bajo|muy baja < bajo|baja < medio|media|normal|intermedio|moderado < alto|alta|elevado|elevada < muy alto|muy alta",
  "nunca|jamás < casi nunca|rara vez|raramente|pocas veces < ocasionalmente|de vez en cuando < a veces|algunas veces < a menudo|frecuentemente|muchas veces|con frecuencia < casi siempre|muy a menudo < siempre",
  "totalmente en desacuerdo|muy en desacuerdo < en desacuerdo < neutral|ni de acuerdo ni en desacuerdo|indiferente < de acuerdo < totalmente de acuerdo|muy de acuerdo",
  "muy malo|muy mala < malo|mala < regular < bueno|buena < muy bueno|muy buena < excelente",
  "muy pequeño < pequeño|pequeña|pequeno < mediano|mediana < grande < muy grande",
  "nessuno|nessuna|assente|nullo|nulla|no|normale < minimo|minima|molto lieve < lieve|leggero|leggera < moderato|moderata|medio|media < grave|severo|severa|forte|intenso < molto grave|gravissimo|gravissima|critico|critica|estremo",
  "molto basso|molto bassa < basso|bassa < medio|media|normale|intermedio < alto|alta|elevato|elevata < molto alto|molto alta",
  "mai < quasi mai|raramente|di rado < occasionalmente < a volte|qualche volta|talvolta < spesso|frequentemente < molto spesso|quasi sempre < sempre",
  "fortemente in disaccordo|totalmente in disaccordo < in disaccordo < neutrale|né d'accordo né in disaccordo < d'accordo < fortemente d'accordo|totalmente d'accordo|completamente d'accordo",
  "pessimo|pessima|molto cattivo < scarso|scarsa|cattivo|cattiva < sufficiente|discreto|discreta < buono|buona < molto buono|ottimo|ottima < eccellente",
  "molto piccolo < piccolo|piccola < medio|media < grande < molto grande",
];

/** Answers that stand outside a scale, and last. */
export const OUTSIDE: ReadonlySet<string> = new Set(
  "unknown|unk|other|not applicable|not assessed|not known|not done|not tested|undetermined|refused|unbekannt|andere|sonstige|nicht bekannt|nicht beurteilbar|keine angabe|inconnu|inconnue|autre|non évalué|non applicable|desconocido|desconocida|otro|no aplica|sconosciuto|sconosciuta|altro|non noto|x|nx|tx|mx|gx".split(
    "|",
  ),
);

/** What stands before a number or a Roman numeral that is a rank. */
export const RANKED: ReadonlySet<string> = new Set(
  "t n m g f r ct cn cm pt pn pm yt stage stadium stade estadio stadio grade grad grado class klasse classe clase level stufe niveau nivel livello score degree nyha asa ecog who ccs killip child gold ckd kdigo esi ctas mts triage priority prio phase week woche semaine semana settimana day tag jour día dia giorno month monat mois mes mese year jahr quarter q visit visite cycle zyklus wave birads bi-rads pirads pi-rads lirads tirads ti-rads fontaine rutherford hurley fitzpatrick iss ann figo mrc mmrc cdr mrs".split(
    " ",
  ),
);
