/** The card as a PNG: to save, copy or share. Drawn on a canvas; nothing is fetched for it. */
import type { Report } from "../../core/report/report.ts";
import { fileStem, saveFile } from "../state/files/save-file.ts";
import { drawCard } from "./draw-card.ts";

/** From the table, the run and the date: "hf-admissions-run-4-2026-11-20.png". */
export const cardName = (report: Report, number: number): string =>
  `${fileStem(report.run.table)}-run-${number}-${report.run.finishedAt.slice(0, 10)}.png`;

export function cardImage(report: Report, number: number): Promise<Blob> {
  const canvas = document.createElement("canvas");
  drawCard(canvas, report, number);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error("The browser could not make the image."));
    }, "image/png");
  });
}

export async function saveCard(report: Report, number: number): Promise<void> {
  saveFile([await cardImage(report, number)], cardName(report, number), "image/png");
}

export const canCopyImages = (): boolean => "ClipboardItem" in window && "clipboard" in navigator;

export async function copyCard(report: Report, number: number): Promise<void> {
  await navigator.clipboard.write([new ClipboardItem({ "image/png": cardImage(report, number) })]);
}

const empty = (): File => new File([new Uint8Array(1)], "card.png", { type: "image/png" });

/** The browser can hand an image to another app (Web Share API). */
export const canShareImages = (): boolean =>
  "canShare" in navigator && navigator.canShare({ files: [empty()] });

/** Opens the system's own share sheet; a person who closes it has not failed. */
export async function shareCard(report: Report, number: number): Promise<void> {
  const image = await cardImage(report, number);
  const file = new File([image], cardName(report, number), { type: "image/png" });
  try {
    await navigator.share({ files: [file], title: "Evaluation of a synthetic table" });
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "AbortError")) throw error;
  }
}
