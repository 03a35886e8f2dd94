import { afterEach, describe, expect, test } from "vitest";
import { rhoOf } from "../core/private/accounting/zcdp.ts";
import type { RunFacts } from "../core/report/report.ts";
import { GuaranteeDesk } from "./guarantee-desk.ts";
import { createMemoryPlace } from "./fixtures/memory-place.ts";
import { keepIn } from "./keep/keep.ts";
import { openFile, type OpenTable } from "./open-table.ts";
import type { Event as LabEvent } from "./protocol.ts";
import { csvTable } from "./fixtures/session-page.ts";

let disk = createMemoryPlace();
afterEach(() => {
  disk = createMemoryPlace();
});

const quiet = { onProgress: () => {}, cancelled: () => false };
const text = (marker: string): Blob =>
  csvTable(
    80,
    (i) => `P-${i % 40};${20 + ((i * 37) % 60)};${i % 2 ? "f" : "m"};${marker};${i % 5 ? "no" : "yes"}`,
  );
const openOf = (marker = "a"): Promise<OpenTable> => openFile(text(marker), "wards.csv", {}, quiet);

function createDesk() {
  const events: LabEvent[] = [];
  const desk = new GuaranteeDesk((event) => events.push(structuredClone(event)), keepIn(disk.tab()));
  const last = <T extends LabEvent["type"]>(type: T): Extract<LabEvent, { type: T }> | undefined =>
    events.findLast((event): event is Extract<LabEvent, { type: T }> => event.type === type);
  return { desk, events, last, ledger: () => last("ledger")?.ledger };
}

const delta = 0.0003;
const facts = (epsilon: number, second = 0): RunFacts => ({
  table: "wards.csv",
  synthesizer: "dp-target",
  synthesizerName: "Noisy target tables",
  params: {},
  seed: 1,
  device: "wasm",
  seconds: 1,
  finishedAt: `2026-12-01T12:00:0${second}.000Z`,
  guarantee: {
    epsilon,
    delta,
    unit: "row",
    rowsPerPatient: 1,
    noise: "cryptographic",
    rows: 60,
    spent: [
      { what: "Counts", columns: "4", queries: 4, sensitivity: 1, sigma: 5, rho: rhoOf(epsilon, delta) },
    ],
    public: { columns: [] },
  },
});
const holdout = { share: 0.25, seed: 9 };
const ask = { job: 1, holdout, rowsPerPatient: 1 } as const;

describe("the ledger of a table", () => {
  test("adds up over runs, and a line goes when it is struck", async () => {
    const { desk, ledger } = createDesk();
    const open = await openOf();
    await desk.enter(open, "a", facts(3));
    await desk.enter(open, "b", facts(1));
    expect(ledger()?.entries.map(({ run }) => run)).toEqual(["a", "b"]);
    expect(ledger()?.epsilon).toBeGreaterThan(3.01);
    await desk.answer({ type: "strike-entry", job: 2, run: "a" }, open);
    expect(ledger()?.epsilon).toBeCloseTo(1, 6);
    await desk.answer({ type: "clear-ledger", job: 3 }, open);
    expect(ledger()).toEqual({ entries: [], epsilon: 0, delta: 0 });
  });

  test("a run without a guarantee is not entered", async () => {
    const { desk, events } = createDesk();
    const { guarantee: _none, ...free } = facts(1);
    await desk.enter(await openOf(), "a", free);
    expect(events).toEqual([]);
  });

  test("is found again when the same file is opened once more, whatever was done to it, and not by another", async () => {
    const { desk, ledger } = createDesk();
    await desk.enter(await openOf(), "a", facts(1));
    await desk.tell(await openOf("b"));
    expect(ledger()?.entries).toEqual([]);
    await desk.tell({ ...(await openOf()), id: "revised" });
    expect(ledger()?.entries).toHaveLength(1);
  });

  test("comes back in another visit where runs are kept, and nowhere else", async () => {
    const open = await openOf();
    const first = createDesk();
    await first.desk.enter(open, "a", facts(1));
    const unkept = createDesk();
    await unkept.desk.restore(open);
    expect(unkept.ledger()?.entries).toEqual([]);
    await first.desk.setKeeping(true);
    await first.desk.enter(open, "b", facts(3));
    const second = createDesk();
    await second.desk.restore(open);
    expect(second.ledger()?.entries.map(({ run }) => run)).toEqual(["a", "b"]);
    await second.desk.setKeeping(false);
    const third = createDesk();
    await third.desk.restore(open);
    expect(third.ledger()?.entries).toEqual([]);
  });

  test("two tabs enter into one ledger, and what one strikes the other does not bring back", async () => {
    const open = await openOf();
    const [one, two] = [createDesk(), createDesk()];
    await one.desk.setKeeping(true);
    await two.desk.setKeeping(true);
    await one.desk.enter(open, "a", facts(1));
    await two.desk.enter(open, "b", facts(1, 1));
    expect(two.ledger()?.entries).toHaveLength(2);
    await one.desk.answer({ type: "strike-entry", job: 2, run: "b" }, open);
    await two.desk.restore(open);
    expect(two.ledger()?.entries.map(({ run }) => run)).toEqual(["a"]);
  });

  test("its file is taken back for the same table alone, and an entry of it counts once", async () => {
    const open = await openOf();
    const { desk, last, ledger } = createDesk();
    await desk.enter(open, "a", facts(1));
    await desk.answer({ type: "save-ledger", job: 2 }, open);
    const source = new Blob([last("ledger-file")?.text ?? ""]);
    expect(await source.text()).not.toMatch(/P-1\b|yes/);
    const elsewhere = createDesk();
    const file = { type: "open-ledger", job: 3, source, name: "ledger.json" } as const;
    await elsewhere.desk.answer(file, open);
    await elsewhere.desk.answer(file, open);
    expect(elsewhere.ledger()?.entries).toHaveLength(1);
    expect(ledger()?.epsilon).toBe(elsewhere.ledger()?.epsilon);
    await expect(elsewhere.desk.answer(file, await openOf("b"))).rejects.toMatchObject({
      fault: { code: "ledger-unreadable", reason: expect.stringContaining("another table") },
    });
    const broken = { ...file, source: new Blob(["{"]) };
    await expect(elsewhere.desk.answer(broken, open)).rejects.toMatchObject({
      fault: { code: "ledger-unreadable" },
    });
  });
});

describe("what is offered", () => {
  test("lists what is public and says what the next run would come to", async () => {
    const { desk, last } = createDesk();
    const open = await openOf();
    const choices = { declared: { columns: [] } };
    const next = { synthesizer: "dp-target", epsilon: 3, delta: 0 };
    await desk.offer({ type: "offer-guarantee", ...ask, choices, next }, open);
    const answer = last("guarantee-offer");
    expect(answer?.offer.lines.some(({ cost }) => cost === "decision")).toBe(true);
    expect(answer?.next?.epsilon).toBeCloseTo(3, 6);
    await desk.enter(open, "a", facts(3));
    await desk.offer({ type: "offer-guarantee", ...ask, choices, next }, open);
    expect(last("guarantee-offer")?.next?.epsilon).toBeGreaterThan(4);
  });

  test("what was declared of a column that has become another counts no more", async () => {
    const { desk, last } = createDesk();
    const open = await openOf();
    const range = { from: 0, to: 110, why: "declared" } as const;
    const declared = {
      columns: [
        { name: "age", range },
        { name: "sex", range },
        { name: "gone", range },
      ],
    };
    await desk.offer({ type: "offer-guarantee", ...ask, choices: { declared } }, open);
    const facts = last("guarantee-offer")?.offer.facts.columns ?? [];
    expect(facts.filter((column) => column.range?.why === "declared").map(({ name }) => name)).toEqual([
      "age",
    ]);
  });

  test("rows beyond those of one patient that count are counted", async () => {
    const { desk, last } = createDesk();
    const open = await openOf();
    const patients = {
      ...open,
      table: {
        ...open.table,
        schema: {
          ...open.table.schema,
          columns: open.table.schema.columns.map((column) =>
            column.name === "id" ? { ...column, role: "identifier" as const } : column,
          ),
        },
      },
    };
    const choices = { declared: { columns: [] } };
    await desk.offer({ type: "offer-guarantee", ...ask, choices }, patients);
    const { counted, offer } = last("guarantee-offer") ?? {};
    expect(offer?.unit).toBe("patient");
    expect(counted?.dropped).toBe((counted?.rows ?? 0) - (counted?.units ?? 0));
    expect(counted?.dropped).toBeGreaterThan(0);
    await desk.offer({ type: "offer-guarantee", ...ask, choices, rowsPerPatient: 2 }, patients);
    expect(last("guarantee-offer")?.counted.dropped).toBe(0);
  });

  test("so few that a run could learn nothing are refused before it, at the epsilon where that is so", async () => {
    const { desk, last } = createDesk();
    const open = await openFile(
      csvTable(36, (i) => `P-${i};${20 + i};${i % 2 ? "f" : "m"};a;${i % 5 ? "no" : "yes"}`),
      "few.csv",
      {},
      quiet,
    );
    const offer = (epsilon: number) => {
      const next = { synthesizer: "dp-target", epsilon, delta: 0 };
      const choices = { declared: { columns: [] } };
      return desk.offer({ type: "offer-guarantee", ...ask, choices, next }, open);
    };
    await expect(offer(1)).rejects.toMatchObject({
      fault: { code: "guarantee-refused", reason: expect.stringContaining("could be learned") },
    });
    expect(last("guarantee-offer")).toBeUndefined();
    await offer(10);
    expect(last("guarantee-offer")).toBeDefined();
  });

  test("a delta above 1/n is refused with the reason", async () => {
    const { desk } = createDesk();
    const next = { synthesizer: "dp-target", epsilon: 1, delta: 0.09 };
    const choices = { declared: { columns: [] } };
    await expect(
      desk.offer({ type: "offer-guarantee", ...ask, choices, next }, await openOf()),
    ).rejects.toMatchObject({ fault: { code: "guarantee-refused", reason: expect.stringContaining("1/n") } });
  });
});
