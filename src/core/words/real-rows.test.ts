import { expect, test } from "vitest";
import { realRowsWords } from "./real-rows.ts";

test("no rows are called held out where none were", () => {
  expect(realRowsWords({ train: 240, holdout: 60 })).toBe("60 real rows held out");
  expect(realRowsWords({ train: 300, holdout: 0 })).toBe(
    "300 real rows, none of which was kept from the tool",
  );
  expect(realRowsWords({ train: 0, holdout: 300 })).toBe("300 real rows that the tool had not seen");
});
