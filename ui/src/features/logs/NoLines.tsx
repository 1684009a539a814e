import { PlayIcon, ScrollTextIcon } from 'lucide-react';
import { Button, EmptyState, Skeleton } from '@/components';
import { cutMiddle } from '@/lib/words';
import type { Stream } from './model';

interface Props {
  /** The stage, when it is not deployed. */
  stage: string | null;
  stream: Stream;
  names: string[];
  /** Lines are there, and none of them is chosen. */
  isCut: boolean;
  since: string;
  onAll: () => void;
  onInvoke: (name: string) => void;
  onPlan: () => void;
}

/** Why there is no line, and the first thing to do about it. */
export function NoLines({ stage, stream, names, isCut, since, onAll, onInvoke, onPlan }: Props) {
  const icon = <ScrollTextIcon className="icon" aria-hidden />;
  const [first] = names;
  if (isCut) return <EmptyState icon={icon} title="No line fits" text={`${stream.lines.length.toLocaleString('en')} lines are hidden by what you chose above.`} actions={<Button variant="primary" onClick={onAll}>Show every line</Button>} />;
  if (stream.problem !== null) return null;
  if (first === undefined) return <EmptyState icon={icon} title="No function, no log" text="This service has no functions." actions={<Button onClick={onPlan}>Go to the service</Button>} />;
  if (stage !== null) return <EmptyState icon={icon} title={`${cutMiddle(stage, 40)} is not deployed`} text="A function writes its log once it is deployed and called." actions={<Button variant="primary" onClick={onPlan}>Go to the service</Button>} />;
  if (!stream.upToDate && stream.noLog.length < names.length) return <Skeleton label="Reading the logs" lines={12} />;
  const isNever = stream.noLog.length > 0 && stream.noLog.length >= names.length;
  const title = isNever ? (names.length === 1 ? `${cutMiddle(first, 40)} has no log yet` : 'No function has a log yet') : `Nothing was written in the ${since.toLowerCase()}`;
  const text = isNever ? 'AWS makes a log when a function is first called. Call it first, and its lines appear here.' : 'New lines appear here by themselves. Look further back, or call a function.';
  return <EmptyState icon={icon} title={title} text={text} actions={<Button variant="primary" icon={<PlayIcon className="icon" aria-hidden />} onClick={() => onInvoke(stream.noLog[0] ?? first)} data-testid="log-invoke">Invoke {cutMiddle(stream.noLog[0] ?? first, 32)}</Button>} />;
}
