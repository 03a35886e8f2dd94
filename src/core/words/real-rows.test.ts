import { expect, test } from "vitest";
import { realRowsWords } from "./real-rows.ts";
import { heldOutWords } from "./visits.ts";

test("no rows are called held out where none were", () => {
  expect(realRowsWords({ train: 240, holdout: 60 })).toBe("60 real rows held out");
  expect(realRowsWords({ train: 300, holdout: 0 })).toBe(
    "300 real rows, none of which was kept from the tool",
  );
  expect(realRowsWords({ train: 0, holdout: 300 })).toBe("300 real rows that the tool had not seen");
});

test("patients over time are counted as patients, their rows as visits", () => {
  const over = { train: 1076, holdout: 275, heldOut: 49, trainPatients: 169 };
  expect(realRowsWords(over)).toBe("49 held-out patients with 275 visits");
  expect(realRowsWords({ ...over, holdout: 0 })).toBe(
    "169 real patients with 1,076 visits, none of which was kept from the tool",
  );
  expect(heldOutWords(over)).toBe("275 visits of 49 patients");
  expect(heldOutWords({ holdout: 400, heldOut: 80 })).toBe("400 rows, of 80 patients");
});
