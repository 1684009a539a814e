// How a function failed, read from its answer: the runtimes write the same three parts.
import type { InvokeAnswer } from '@/bridge';

export interface FunctionFailure {
  title: string;
  message: string | null;
  trace: string | null;
  hint: string;
}

export function failureOf(fn: string, answer: InvokeAnswer): FunctionFailure | null {
  if (answer.error === null) return null;
  const told = answer.isJson ? parts(answer.answer) : { type: null, message: answer.answer === '' ? null : answer.answer, trace: null };
  const type = told.type ?? (answer.error === 'Unhandled' || answer.error === 'Handled' ? null : answer.error);
  return {
    title: type === null ? `${fn} failed` : `${fn} failed: ${type}`,
    message: told.message,
    trace: told.trace,
    hint: hintFor(type, told.message),
  };
}

function parts(answer: string): { type: string | null; message: string | null; trace: string | null } {
  let value: unknown;
  try {
    value = JSON.parse(answer);
  } catch {
    return { type: null, message: answer, trace: null };
  }
  if (typeof value !== 'object' || value === null) return { type: null, message: answer, trace: null };
  const { errorType, errorMessage, stackTrace, trace } = value as Record<string, unknown>;
  const lines = Array.isArray(stackTrace) ? stackTrace : Array.isArray(trace) ? trace : null;
  return {
    type: typeof errorType === 'string' ? errorType : null,
    message: typeof errorMessage === 'string' ? errorMessage : null,
    trace: lines === null ? null : lines.map((line) => String(line).trimEnd()).join('\n'),
  };
}

function hintFor(type: string | null, message: string | null): string {
  const said = `${type ?? ''} ${message ?? ''}`;
  if (/timed? ?out/i.test(said)) return 'Give it more time (timeout in the file), or look in its log at what it waits for.';
  if (/ParameterNotFound/.test(said)) return 'Make the parameter that it reads, then invoke it again.';
  if (/AccessDenied|not authorized/i.test(said)) return 'Allow the action in the role of the function (provider.iam.role.statements), then plan and deploy.';
  if (/ImportModuleError|Cannot find module|No module named/i.test(said)) return 'See that the handler names a file of the archive and that what it imports is packed, then deploy.';
  if (/HandlerNotFound|has no attribute|is undefined or not exported/i.test(said)) return 'See that the handler in the file names a function that the module exports, then deploy.';
  return 'Its log below has the rest. Mend the code, deploy, and invoke it again.';
}
