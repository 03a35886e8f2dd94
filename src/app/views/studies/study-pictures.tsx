import { useId, useState } from "react";
import type { StudyPicture as Picture, StudyResult } from "../../../core/report/study.ts";
import { studyKeys } from "../../../core/shapes/studies/study-drawing.ts";
import { studyListing } from "../../../core/shapes/studies/study-words.ts";
import { ListingTable } from "../../charts/courses/course-figure.tsx";
import { StudyKeys, StudyPicture } from "../../charts/studies/study-picture.tsx";
import styles from "./studies.module.css";

/** Whose marks a picture has: what a guess reaches is a key of its own and sets no picture apart. */
const namesOf = (picture: Picture): string =>
  picture.type === "lines"
    ? picture.lines.map(({ name }) => name).join("\n")
    : studyKeys(picture)
        .map(({ name }) => name)
        .join("\n");

const mostKeys = (pictures: readonly Picture[]): Picture | undefined =>
  pictures.toSorted((a, b) => studyKeys(b).length - studyKeys(a).length)[0];

/** Pictures one after the other whose marks stand for the same; lines stand beside each other. */
function groupsOf(pictures: readonly Picture[]): Picture[][] {
  const groups: Picture[][] = [];
  for (const picture of pictures) {
    const first = groups.at(-1)?.[0];
    const alike = first?.type === picture.type && namesOf(first) === namesOf(picture);
    if (alike) groups.at(-1)?.push(picture);
    else groups.push([picture]);
  }
  return groups;
}

/** The pictures of a study, or their numbers as tables. */
export function StudyPictures({ pictures }: Pick<StudyResult, "pictures">) {
  const id = useId();
  const [asTables, setAsTables] = useState(false);
  return (
    <div className={styles.pictures}>
      <div id={id} className={styles.groups}>
        {asTables
          ? pictures.map((picture, at) => (
              <section key={`${at} ${picture.title}`} aria-label={picture.title}>
                <h3>{picture.title}</h3>
                <ListingTable label={`${picture.title} as a table`} listing={studyListing(picture)} />
              </section>
            ))
          : groupsOf(pictures).map((group, at) => <Group key={at} pictures={group} />)}
      </div>
      <p className={styles.foot}>
        {pictures.some(({ type }) => type !== "matrix") &&
          "Whiskers and bands are 95% intervals over seeds and resampled patients, where there are several."}{" "}
        <button
          type="button"
          className="link"
          data-key="v"
          aria-pressed={asTables}
          aria-controls={id}
          onClick={() => setAsTables(!asTables)}
        >
          {asTables ? "As pictures" : "As a table"}
        </button>
      </p>
    </div>
  );
}

function Group({ pictures }: { readonly pictures: readonly Picture[] }) {
  const first = mostKeys(pictures);
  if (first === undefined) return null;
  return (
    <div>
      <StudyKeys picture={first} />
      <div className={styles.drawings} data-beside={first.type === "lines" || undefined}>
        {pictures.map((picture, at) => (
          <StudyPicture key={`${at} ${picture.title}`} picture={picture} />
        ))}
      </div>
    </div>
  );
}
