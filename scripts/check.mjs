// npm run check: what to run while one works: types, lint, and the unit tests that what is not committed yet can change.
import { readings, runs, stage } from "./stage.mjs";

const works = { ...readings, "unit tests of what changed": runs("vitest", "run", "--changed") };
const ended = await Promise.all(Object.entries(works).map(([name, work]) => stage(name, work)));
process.exit(ended.every(Boolean) ? 0 : 1);
