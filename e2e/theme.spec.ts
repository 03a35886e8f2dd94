import type { Page } from "@playwright/test";
import { expect, openLab, ready, test } from "./support/lab.ts";

declare global {
  interface Window {
    themeBeforeModules?: string;
  }
}

const ground = { light: "rgb(246, 247, 247)", dark: "rgb(14, 19, 22)" } as const;

const shows = (page: Page, theme: keyof typeof ground): Promise<void> =>
  expect(page.locator("html")).toHaveCSS("background-color", ground[theme]);

const toggle = (page: Page, to: keyof typeof ground) =>
  page.getByRole("button", { name: `Theme: switch to ${to}` });

test("the theme follows the system until one is chosen; the choice is there before the page's module, in other tabs, and gone once forgotten", async ({
  page,
}) => {
  await page.addInitScript(() => {
    document.addEventListener("readystatechange", () => {
      window.themeBeforeModules ??= document.documentElement.dataset["theme"] ?? "the system's";
    });
  });
  const atFirst = (): Promise<string | undefined> => page.evaluate(() => window.themeBeforeModules);

  await page.emulateMedia({ colorScheme: "light" });
  await openLab(page);
  expect(await atFirst()).toBe("the system's");
  await shows(page, "light");
  await page.emulateMedia({ colorScheme: "dark" });
  await shows(page, "dark");
  await expect(page.getByText("Kept in this browser: nothing.")).toBeVisible();
  await toggle(page, "light").click();
  await shows(page, "light");
  await expect(toggle(page, "dark")).toBeVisible();
  await expect(page.getByText("Kept in this browser: settings.")).toBeVisible();

  await page.reload();
  await ready(page);
  expect(await atFirst()).toBe("light");
  await shows(page, "light");

  const other = await page.context().newPage();
  await other.emulateMedia({ colorScheme: "dark" });
  await openLab(other);
  await shows(other, "light");
  await toggle(other, "dark").click();
  await shows(page, "dark");
  await toggle(page, "light").click();
  await shows(other, "light");

  await page.getByTestId("forget").click();
  await expect(page.getByText("Everything kept in this browser has been removed.")).toBeVisible();
  await shows(page, "dark");
  await shows(other, "dark");
  await page.reload();
  await ready(page);
  expect(await atFirst()).toBe("the system's");
  await shows(page, "dark");
});
