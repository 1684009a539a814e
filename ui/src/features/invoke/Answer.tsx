import { useEffect, useRef } from 'react';
import { ScrollTextIcon } from 'lucide-react';
import { Button, CopyButton, Disclosure, Duration, Status } from '@/components';
import type { InvokeAnswer } from '@/bridge';
import { bytesWords } from '@/lib/words';
import { failureOf } from './failure';
import styles from './Answer.module.css';

/** What a function answered. One that failed has answered too: what, why, and what to do. */
export function Answer({ fn, answer, onLogs }: { fn: string; answer: InvokeAnswer; onLogs: () => void }) {
  const failure = failureOf(fn, answer);
  const card = useInSight();
  return (
    <section ref={card} className={failure === null ? styles.answer : `${styles.answer} ${styles.failed}`} aria-label="Answer" data-testid="invoke-answer-card">
      <div className={styles.head} role="status">
        <Status mark={failure === null ? 'ok' : 'danger'} word={failure === null ? 'Answered' : failure.title} testId="invoke-status" />
        <span className={styles.quiet}>in <Duration millis={answer.millis} /></span>
        <span className={styles.quiet}>{bytesWords(new TextEncoder().encode(answer.answer).length)}{answer.isJson ? '' : ', not JSON'}</span>
        <span className={styles.end}><CopyButton text={answer.answer} label="Copy the answer" /></span>
      </div>
      {failure !== null && (
        <div className={styles.why}>
          {failure.message !== null && <p className={styles.message}>{failure.message}</p>}
          <p>{failure.hint}</p>
          {failure.trace !== null && <Disclosure summary="Where it happened"><pre className={styles.code}>{failure.trace}</pre></Disclosure>}
          <div className={styles.ways}><Button size="small" icon={<ScrollTextIcon className="icon" aria-hidden />} onClick={onLogs}>Its log</Button></div>
        </div>
      )}
      {failure === null
        ? <Text text={answer.answer} testId="invoke-answer" />
        : <Disclosure summary="The whole answer"><Text text={answer.answer} testId="invoke-answer" /></Disclosure>}
      {answer.logTail !== null && answer.logTail.trim() !== '' && (
        <Disclosure summary="The end of its log" open={failure !== null}><pre className={styles.code} data-testid="log-tail">{answer.logTail.trimEnd()}</pre></Disclosure>
      )}
    </section>
  );
}

/** An answer comes into sight when it comes, without taking the focus from what is typed. */
export function useInSight() {
  const card = useRef<HTMLElement>(null);
  useEffect(() => card.current?.scrollIntoView({ block: 'nearest' }), []);
  return card;
}

const LONGEST = 200_000;

/** A text as it is; the end of a very long one is left to the copy. */
export function Text({ text, testId }: { text: string; testId: string }) {
  if (text === '') return <p className={styles.quiet} data-testid={testId}>It answered nothing.</p>;
  return (
    <>
      {/* What scrolls must be reachable by keys. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={styles.code} data-testid={testId} tabIndex={0} role="region" aria-label="The answer's text">{text.slice(0, LONGEST)}</pre>
      {text.length > LONGEST && <p className={styles.quiet}>The first {bytesWords(LONGEST)} of {bytesWords(text.length)}. Copy has all of it.</p>}
    </>
  );
}
