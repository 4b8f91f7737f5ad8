import { runKnowledgeCheck } from './infrastructure/run-knowledge-check.ts';

process.exitCode = await runKnowledgeCheck(process.argv.slice(2));
