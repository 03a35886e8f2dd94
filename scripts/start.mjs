// npm start: installs what is missing, builds the page, serves it on this machine, opens the browser.
import { parseArgs } from "node:util";
import { checkNode, installPackages } from "./install.mjs";
import { run, stage, tool } from "./stage.mjs";

const { values } = parseArgs({
  options: { "no-open": { type: "boolean", default: false }, port: { type: "string", default: "4173" } },
});

checkNode();
if (!(await stage("packages", installPackages))) process.exit(1);
if (!(await stage("build", async () => (await run(tool("vite"), ["build", "--logLevel", "warn"])) === 0)))
  process.exit(1);

const screen = process.platform !== "linux" || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
const open = !values["no-open"] && !process.env.CI && Boolean(screen);
const { serve } = await import("./serve.mjs");
const address = await serve({ port: Number(values.port), open });
console.log(`\nSemblance is at ${address}\nIt runs in your browser only. Ctrl+C ends this server.`);
