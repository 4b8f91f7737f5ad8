import { runAsk } from './infrastructure/run-ask.ts';

process.exitCode = await runAsk(process.argv.slice(2));
