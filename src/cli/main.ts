import { run } from "./run.ts";

let broken = false;

/** A reader that has seen enough (`| head`) is no fault; anything else that keeps words from the terminal is. */
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    broken = true;
    process.exitCode = 1;
    if (stream === process.stdout)
      process.stderr.write(`semblance: file-unwritable: ${error.message}. Send the output elsewhere.\n`);
  });

const status = await run(process.argv.slice(2), process);
process.exitCode = broken ? 1 : status;
