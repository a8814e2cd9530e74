// Finds the command, runs it, and prints a coded error as a person needs it: what was wrong, then what to do.
import { loadConfig, type Config } from '../config/load-config.ts';
import { isCoded } from '../domain/coded-error.ts';
import type { Command, CommandIo } from './command.ts';

export async function runCommand(
  commands: readonly Command[],
  argv: readonly string[],
  io: CommandIo,
): Promise<number> {
  const { configFile, words } = takeConfigOption(argv, io.env);
  const [name, ...args] = words;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    printHelp(commands, io);
    return name === undefined ? 2 : 0;
  }
  const command = commands.find((known) => known.name === name);
  if (command === undefined) {
    io.err(`tocsin: there is no command "${name}".`);
    printHelp(commands, { ...io, out: io.err });
    return 2;
  }
  if (args.includes('--help')) {
    io.out(`Usage: ${command.usage}`);
    return 0;
  }
  try {
    return await command.run({
      args,
      io,
      config: (): Config => loadConfig({ file: configFile, env: io.env }),
    });
  } catch (error) {
    printError(error, io);
    return 1;
  }
}

function takeConfigOption(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): { configFile: string | undefined; words: string[] } {
  const at = argv.indexOf('--config');
  // `init` takes --config for the file it makes.
  if (at < 0 || argv[0] === 'init') return { configFile: env['TOCSIN_CONFIG'], words: [...argv] };
  return { configFile: argv[at + 1], words: [...argv.slice(0, at), ...argv.slice(at + 2)] };
}

function printHelp(commands: readonly Command[], io: Pick<CommandIo, 'out'>): void {
  io.out('tocsin [--config <file>] <command>');
  io.out('');
  for (const command of commands) io.out(`  ${command.name.padEnd(11)} ${command.summary}`);
  io.out('');
  io.out(
    'The config file may also be named by TOCSIN_CONFIG. tocsin <command> --help shows its options.',
  );
}

function printError(error: unknown, io: CommandIo): void {
  if (isCoded(error)) {
    io.err(`tocsin: ${error.message} [${error.code}]`);
    if (error.detail !== undefined) io.err(error.detail);
    return;
  }
  const code = error instanceof Error && 'code' in error ? ` [${String(error.code)}]` : '';
  io.err(`tocsin: ${error instanceof Error ? error.message : String(error)}${code}`);
}
