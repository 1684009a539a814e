import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { TriangleAlertIcon } from 'lucide-react';
import { Button, ErrorPanel } from '@/components';
import { asProblem, useHost } from '@/bridge';
import { cutMiddle } from '@/lib/words';
import { Groups } from '../plan/Groups';
import { changes, decisions } from '../plan/model';
import { scopeOf } from './model';
import type { Question } from './progress';
import styles from './Question.module.css';

/** A plan that was made when its turn came, and removes or replaces what was not shown before: it waits for an answer. */
export function QuestionCard({ question }: { question: Question }) {
  const host = useHost();
  const { plan } = question;
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [stage, setStage] = useState('');
  const answering = useMutation({ mutationFn: (goesOn: boolean) => host.answer(question.id, goesOn, stage) });
  const scope = `asked-${scopeOf(question.service)}`;
  const open = decisions(plan).filter((row) => typed[row.logicalId] !== row.logicalId).map((row) => `type ${row.logicalId}`);
  if (question.typed !== null && stage !== question.typed) open.push(`type ${question.typed}`);
  const why = open.length === 0 ? undefined : `Settle first: ${open.join(', ')}`;
  return (
    <section className={styles.card} role="alert" aria-label={`${question.service} asks before it goes on`} data-testid={`question-${question.service}`}>
      <header className={styles.head}>
        <TriangleAlertIcon className={`icon ${styles.sign}`} aria-hidden />
        <h2 className={styles.title}>{cutMiddle(question.service, 60)} would do more than was shown</h2>
        <span className={styles.quiet}>{plan.summary}</span>
      </header>
      <div className={styles.body}>
        <p>Its plan was made again now that others stand. It removes or replaces what you have not seen yet. Nothing of it is done before you answer.</p>
        <Groups plan={plan} scope={scope} of={`asked of ${question.service}`} typed={typed} onType={(row, text) => setTyped((so) => ({ ...so, [row.logicalId]: text }))} onSettled={() => undefined} />
        {answering.error !== null && <ErrorPanel problem={asProblem(answering.error)} />}
        <div className={styles.decide}>
          {question.typed !== null && (
            <label className={styles.typed}>
              <span className={styles.quiet}>Type <code>{question.typed}</code></span>
              <input className={styles.input} value={stage} autoComplete="off" spellCheck={false} data-testid={`type-${question.service}`} onChange={(event) => setStage(event.target.value)} />
            </label>
          )}
          <Button busy={answering.isPending && answering.variables === false} onClick={() => answering.mutate(false)} data-testid={`leave-${question.service}`}>Leave {cutMiddle(question.service, 32)} as it is</Button>
          <Button variant="danger" reason={why} busy={answering.isPending && answering.variables === true} onClick={() => answering.mutate(true)} data-testid={`go-on-${question.service}`}>Make {changes(plan.counts.total)} to {cutMiddle(question.service, 32)}</Button>
        </div>
        {why !== undefined && <p className={styles.quiet}>{why}.</p>}
      </div>
    </section>
  );
}
