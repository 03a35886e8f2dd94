import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import {
  expect,
  openLab,
  openText,
  requestCount,
  smallTable,
  test,
  violations,
  violationsOfColour,
  violationsWhenNarrow,
} from "./support/lab.ts";

/** Ten rows as a language model hands them over: with chatter, in a fence, the last one cut off. */
const REPLY = [
  "Sure! Here are the patients you asked for:",
  "",
  "```csv",
  "age,score,ward,sex,died",
  ...Array.from({ length: 8 }, (_, i) =>
    [
      25 + 6 * i,
      (2 + i / 3).toFixed(1),
      i % 2 === 0 ? "A" : "B",
      i % 3 === 0 ? "F" : "M",
      i % 2 === 0 ? "no" : "yes",
    ].join(","),
  ),
  "25,2.0,A,F,no",
  "61,4.4,Z",
].join("\n");

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((given) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", given);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
  }, text);
}

test("a prompt goes out by hand, word for word as chosen; a pasted reply comes back and is counted", async ({
  page,
}) => {
  await openLab(page);
  page.setDefaultTimeout(15_000);
  await openText(page, "ward.csv", smallTable(200));
  await page.keyboard.press("5");
  await page.getByRole("link", { name: /^Language models/ }).click();
  await expect(page).toHaveTitle("Language models · Semblance");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await expect(page.getByText("This page never talks to a language model.")).toBeVisible();

  const prompt = page.getByTestId("prompt");
  await expect(prompt).toContainText("ward");
  const line = prompt.getByRole("button", { name: /^ward:/ });
  await line.click();
  await expect(prompt.getByText("cut by you").first()).toBeVisible();
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByTestId("save-prompts").click()]);
  expect(file.suggestedFilename()).toMatch(/^prompts-[a-z-]+\.md$/);
  const text = await readFile(await file.path(), "utf8");
  expect(text).toContain("Never in a prompt:");
  expect(text).not.toMatch(/^ward:/m);
  await page.getByRole("button", { name: /^ward:/ }).click();
  await expect(prompt.getByText("cut by you")).toHaveCount(0);
  for (const name of ["Plain", "Conditional", "By group"]) {
    await page.getByRole("group", { name: "Strategy" }).getByRole("button", { name }).click();
    await expect(prompt).toBeVisible();
  }

  await page.getByLabel("for rows").fill("10");
  await paste(page, REPLY);
  await expect(page.getByTestId("kept-rows")).toBeFocused();
  const replies = page.getByRole("region", { name: "Replies, scrolls sideways" });
  await expect(replies.getByRole("row", { name: /^pasted reply 1/ })).toContainText("By group");
  await expect(replies.getByRole("row", { name: /^pasted reply 1/ })).toContainText("repeat");
  const kept = Number(await page.getByTestId("kept-rows").textContent());
  expect(kept).toBeGreaterThan(0);
  expect(kept).toBeLessThan(10);

  await page.getByRole("button", { name: "Paste text" }).click();
  await page.getByLabel("The reply, as the model wrote it").fill("I cannot create medical records.");
  await page.getByRole("button", { name: "Take this reply" }).click();
  await expect(replies.getByRole("row", { name: /^pasted reply 2/ })).toContainText(
    "I cannot create medical records",
  );
  await page.getByRole("button", { name: "Remove pasted reply 2" }).click();
  await expect(replies.getByRole("row", { name: /^pasted reply 2/ })).toHaveCount(0);

  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    expect(await (colorScheme === "light" ? violations : violationsOfColour)(page)).toEqual([]);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  expect(await violationsWhenNarrow(page)).toEqual([]);
  await page.getByRole("link", { name: "Studies", exact: true }).first().click();
  await expect(page).toHaveTitle("Studies · Semblance");
  expect(await requestCount(page)).toBe("0");
});
