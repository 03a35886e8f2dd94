/** Draws that repeat: a linear congruential sequence in [0, 1). */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const two = (n: number): string => String(n).padStart(2, "0");

/** A made-up clinic's table as a German program exports it. */
export function clinicCsv(rows: number): string {
  const draw = draws(7);
  const lines = ["Fallnummer;Aufnahme;Alter;Kreatinin;Geschlecht;Verstorben;Notiz"];
  for (let i = 0; i < rows; i++) {
    const age = Math.round(45 + 45 * draw());
    const creatinine = 0.6 + age / 100 + draw();
    const died = draw() < (age - 40) / 150;
    lines.push(
      [
        `FA-${10_000 + i * 7}`,
        `${two(1 + Math.floor(28 * draw()))}.${two(1 + Math.floor(12 * draw()))}.${2019 + Math.floor(4 * draw())}`,
        age,
        draw() < 0.08 ? "k.A." : creatinine.toFixed(2).replace(".", ","),
        draw() < 0.45 ? "w" : "m",
        died ? "ja" : "nein",
        `Kontrolle in ${1 + Math.floor(20 * draw())} Wochen, Zimmer ${Math.floor(400 * draw())}, Bericht ${i}`,
      ].join(";"),
    );
  }
  return `${lines.join("\r\n")}\r\n`;
}
