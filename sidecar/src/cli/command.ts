// What a command of the command line is given, and what it answers.
import type { Config } from '../config/load-config.ts';

export type CommandIo = {
  out(line: string): void;
  err(line: string): void;
  env: Readonly<Record<string, string | undefined>>;
};

export type CommandInput = {
  /** Words after the command's name. */
  args: readonly string[];
  io: CommandIo;
  /** Reads and checks the configuration; only commands that need it pay for it. */
  config(): Config;
};

export type Command = {
  name: string;
  usage: string;
  summary: string;
  /** The exit code. Throws coded errors; the caller prints them. */
  run(input: CommandInput): Promise<number>;
};
