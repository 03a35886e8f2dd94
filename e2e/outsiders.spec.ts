import type { Locator } from "@playwright/test";
import {
  expect,
  fewSteps,
  goTo,
  openLab,
  openText,
  smallTable,
  test,
  trainToTheEnd,
  violations,
} from "./support/lab.ts";

test("a person names what an outsider knows, reads privacy by its criteria, and attacks with shadow models", async ({
  page,
}) => {
  test.slow();
  await fewSteps(page, { synthesizer: "independent" });
  await openLab(page);
  await openText(page, "small.csv", smallTable(400));
  for (const [column, chosen] of [
    ["age", "knows"],
    ["ward", "knows"],
    ["died", "seeks"],
  ] as const) {
    await page.getByRole("rowheader").getByRole("button", { name: column, exact: true }).click();
    await page.getByLabel(`What an outsider has to do with ${column}`, { exact: true }).selectOption(chosen);
    await expect(page.getByLabel(`What an outsider has to do with ${column}`, { exact: true })).toHaveValue(
      chosen,
    );
  }
  expect(await violations(page)).toEqual([]);
  await goTo(page, "Train");
  await trainToTheEnd(page, { whole: true });
  await goTo(page, "Compare");

  const list = page.getByRole("region", { name: "All measures" });
  const measure = async (id: string): Promise<Locator> => {
    await page.goto(`#m=${id}`);
    return list.locator(`[data-measure="${id}"]`);
  };
  const privacy = list.locator("#side-privacy");
  const groups = await measure("k-anonymity");
  const asked = privacy.locator("section");
  await expect(asked.first()).toBeVisible();
  expect(await asked.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")))).toEqual(
    expect.arrayContaining(["Singling out", "Linkability", "Inference", "Membership"]),
  );
  await expect(
    groups.getByText("An outsider is taken to know age and ward: as a person named."),
  ).toBeVisible();
  const secrets = await measure("disco");
  await expect(secrets.getByText(/taken to seek died: as a person named/)).toBeVisible();

  const card = privacy.getByRole("group", { name: "Attack with shadow models" });
  await card.getByLabel("Models").selectOption("32");
  await card.getByRole("button", { name: "Attack", exact: true }).click();
  await expect(card.getByRole("progressbar")).toBeVisible();
  await card.getByRole("button", { name: "End the attack" }).click();
  await expect(card.getByRole("button", { name: "Attack", exact: true })).toBeEnabled();
  const found = list.locator('[data-measure="membership-shadow"]');
  await expect(found).toHaveCount(0);

  await card.getByLabel("Models").selectOption("8");
  await card.getByRole("button", { name: "Attack", exact: true }).click();
  await expect(card.getByRole("button", { name: "Attack again" })).toBeEnabled({ timeout: 120_000 });
  await measure("membership-shadow");
  await expect(found.getByText(/against 8 models of Independent columns/).first()).toBeVisible();
  expect(await violations(page)).toEqual([]);
});
