import {
  askedRows,
  checkRule,
  findRules,
  listRules,
  rulesToKeep,
  type Constraint,
  type FoundRules,
  type Rule,
  type Table,
} from "../core/lab/lab.ts";
import type { HoldoutChoice, RuleCheck, RuleChoice, RuleList } from "./protocol.ts";

interface Cut {
  readonly table: Table;
  readonly holdout: HoldoutChoice;
  readonly train: Table;
  found?: FoundRules;
}

/** The rules of the rows that a run trains on. What was found last is kept: a switch must not begin a search. */
export class TrainingRules {
  private last: Cut | undefined;

  /** The list for the page. Rejects as `pulse` does. */
  async list(
    table: Table,
    holdout: HoldoutChoice,
    choices: readonly RuleChoice[],
    pulse: () => Promise<void>,
  ): Promise<RuleList> {
    return listRules(await this.found(table, holdout, pulse), choices, pulse);
  }

  /** The rules that a run keeps. Rejects as `pulse` does, and with FaultError where they cannot all be kept. */
  async keep(
    table: Table,
    holdout: HoldoutChoice,
    choices: readonly RuleChoice[],
    pulse: () => Promise<void>,
  ): Promise<readonly Rule[]> {
    return rulesToKeep(await this.list(table, holdout, choices, pulse));
  }

  /** What there is to say of a rule that is being written. */
  check(table: Table, holdout: HoldoutChoice, rule: string | Constraint): RuleCheck {
    return checkRule(rule, this.cut(table, holdout).train);
  }

  private async found(table: Table, holdout: HoldoutChoice, pulse: () => Promise<void>): Promise<FoundRules> {
    const cut = this.cut(table, holdout);
    cut.found ??= { train: cut.train, rules: await findRules(cut.train, pulse) };
    return cut.found;
  }

  private cut(table: Table, holdout: HoldoutChoice): Cut {
    const { last } = this;
    if (last?.table === table && last.holdout.share === holdout.share && last.holdout.seed === holdout.seed)
      return last;
    this.last = { table, holdout, train: askedRows(table, holdout) };
    return this.last;
  }
}
