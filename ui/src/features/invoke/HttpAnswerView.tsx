import { ScrollTextIcon } from 'lucide-react';
import { Button, CopyButton, Disclosure, Duration, Status } from '@/components';
import type { HttpAnswer } from '@/bridge';
import { bytesWords, plural } from '@/lib/words';
import { Text, useInSight } from './Answer';
import { indented } from './json';
import { statusHint, statusWords } from './request';
import styles from './Answer.module.css';
import own from './HttpAnswerView.module.css';

/** What an endpoint answered: status, body, headers, and the command that repeats it. */
export function HttpAnswerView({ answer, isJson, onLogs }: { answer: HttpAnswer; isJson: boolean; onLogs: () => void }) {
  const isFine = answer.status < 400;
  const card = useInSight();
  const hint = statusHint(answer.status);
  return (
    <section ref={card} className={isFine ? styles.answer : `${styles.answer} ${styles.failed}`} aria-label="Answer" data-testid="http-answer">
      <div className={styles.head} role="status">
        <Status mark={isFine ? 'ok' : 'danger'} word={`${answer.status} ${statusWords(answer.status)}`} testId="http-status" />
        <span className={styles.quiet}>in <Duration millis={answer.millis} /></span>
        <span className={styles.quiet}>{bytesWords(answer.bytes)}</span>
        <span className={styles.end}><CopyButton text={answer.body} label="Copy the body" /></span>
      </div>
      {hint !== null && (
        <div className={own.hint}><p>{hint}</p><Button size="small" icon={<ScrollTextIcon className="icon" aria-hidden />} onClick={onLogs}>Its log</Button></div>
      )}
      <Text text={isJson ? indented(answer.body) : answer.body} testId="http-body" />
      <Disclosure summary={plural(answer.headers.length, 'header')}>
        <dl className={own.headers}>
          {answer.headers.map((header, index) => <div key={`${header.name}-${index}`}><dt>{header.name}</dt><dd>{header.value}</dd></div>)}
        </dl>
      </Disclosure>
      <Disclosure summary="The command that repeats it">
        <div className={own.command}><code>{answer.command}</code><CopyButton text={answer.command} label="Copy the command" /></div>
      </Disclosure>
    </section>
  );
}
