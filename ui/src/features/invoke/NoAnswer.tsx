import { MessageSquareDashedIcon } from 'lucide-react';
import { EmptyState } from '@/components';

/** Where the answer will be, before anything was called. */
export function NoAnswer({ what }: { what: string }) {
  return <EmptyState icon={<MessageSquareDashedIcon className="icon" aria-hidden />} title="No answer yet" text={`${what} appear here. Nothing is called before you ask for it.`} />;
}
