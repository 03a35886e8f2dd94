import {
  expect,
  fewSteps,
  goTo,
  openLab,
  openText,
  runEnds,
  save,
  smallTable,
  test,
  trainToTheEnd,
} from "./support/lab.ts";

test("a saved model goes on training on another table with the same columns, and says why not on others", async ({
  page,
}) => {
  await fewSteps(page);
  await openLab(page);
  await openText(page, "first.csv", smallTable(200));
  await trainToTheEnd(page);
  await goTo(page, "Take away");
  const model = await save(page, "export-model");

  await openText(page, "second.csv", smallTable(120, 5000));
  await expect(page.getByRole("heading", { level: 1 })).toContainText("second");
  await page
    .getByTestId("open-model")
    .first()
    .setInputFiles({ name: model.name, mimeType: "application/zip", buffer: model.bytes });
  await expect(page).toHaveURL(/take-away/);
  await expect(page.getByText("On second.csv, as a run of its own")).toBeVisible();
  await page.getByTestId("go-on").click();
  await runEnds(page);
  await expect(page.getByLabel("Notices")).toContainText("Went on training from a model of first.csv");
  await page.getByRole("link", { name: "See how it compares" }).click();
  await expect(page.getByText("Went on training from a model of first.csv")).toBeVisible();

  await openText(page, "third.csv", smallTable(120).replace("score", "crp"));
  await expect(page.getByRole("heading", { level: 1 })).toContainText("third");
  await goTo(page, "Take away");
  await expect(page.getByTestId("go-on")).toBeDisabled();
  await expect(page.getByText("Not on third.csv")).toContainText(
    "the table lacks score; the model does not know crp",
  );
});
