/** Hands a file to the browser's own saving. Nothing is fetched: the address is a blob of this page. */
export function saveFile(parts: BlobPart[], name: string, type: string): void {
  const address = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // A browser that asks where to save still needs the blob after the click.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** "hf admissions.csv" -> "hf-admissions", for the names of the files made from it. */
export function fileStem(name: string): string {
  const stem = name
    .replace(/\.[A-Za-z0-9]{1,8}$/u, "")
    .replace(/[^\p{L}\p{N}._-]+/gu, "-")
    .replace(/^[-.]+|[-.]+$/gu, "");
  return stem === "" ? "table" : stem;
}
