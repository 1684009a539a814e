import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { SendIcon } from 'lucide-react';
import { Badge, Button, ErrorPanel, Kbd, Page, PageHeader, Select, useActions } from '@/components';
import { asProblem, useHost, type EndpointView, type HttpAnswer, type HttpCall, type Place, type ProjectView } from '@/bridge';
import { useGo } from '@/lib/place';
import { About } from './About';
import { Calls } from './Calls';
import { Memory, useMemory } from './history';
import { HttpAnswerView } from './HttpAnswerView';
import { NoAnswer } from './NoAnswer';
import { callOf, draftFor, isJson, METHODS, pathOf, statusWords, takesBody, whyNot, type Draft } from './request';
import { Body, Pairs, Parameters, Sign } from './RequestParts';
import { Stands } from './Stands';
import styles from './HttpConsole.module.css';

interface Sent {
  draft: Draft;
  answer: HttpAnswer;
}

const memory = new Memory<Sent>();

interface Props {
  place: Place;
  project: ProjectView;
  endpoints: EndpointView[];
  endpoint: EndpointView;
  onChoose: (endpoint: string) => void;
}

/** A request to an endpoint, and what it answered. */
export function HttpConsole({ place, project, endpoints, endpoint, onChoose }: Props) {
  const host = useHost();
  const { service } = project;
  const fn = project.functions.find((one) => one.key === endpoint.function);
  const go = useGo();
  const key = [place.project, place.stage, JSON.stringify(place.target)].join(' ');
  const calls = useMemory(memory, key);
  const last = calls.find((call) => call.what.draft.endpoint === endpoint.id);
  const [draft, setDraft] = useState<Draft>(() => last?.what.draft ?? draftFor(endpoint));
  const [chosen, setChosen] = useState<number | null>(null);
  const sending = useMutation({
    mutationFn: ({ call }: { call: HttpCall; draft: Draft }) => host.http(place, call),
    onSuccess: (answer, { draft: sent }) => {
      memory.add(key, { draft: sent, answer }, new Date().toISOString());
      setChosen(null);
    },
  });
  const why = whyNot(endpoint, draft);
  const send = (what: Draft) => {
    if (whyNot(endpoint, what) !== null || sending.isPending) return;
    sending.mutate({ call: callOf(endpoint, what), draft: what });
  };
  const change = (part: Partial<Draft>) => setDraft((so) => ({ ...so, ...part }));
  const path = pathOf(endpoint, draft);
  const address = endpoint.url.endsWith(endpoint.path) ? endpoint.url.slice(0, -endpoint.path.length) + path : path;
  const shown = calls.find((call) => call.id === chosen) ?? last;
  useActions([
    { id: 'send', label: `Call ${draft.method} ${endpoint.path}`, group: 'HTTP', reason: why?.words, run: () => send(draft) },
    { id: 'logs', label: 'Follow the logs', keys: 'l', group: 'HTTP', run: () => go.logs(place.project, { open: endpoint.function }) },
    { id: 'invoke', label: `Invoke ${endpoint.function} directly`, keys: 'i', group: 'HTTP', run: () => go.invoke(place.project, endpoint.function) },
  ]);
  return (
    <Page
      panel={
        <>
          {fn !== undefined && <About fn={fn} />}
          <Calls
            entries={calls.map((call) => ({
              id: call.id, at: call.at, mark: call.what.answer.status < 400 ? 'ok' : 'danger', word: statusWords(call.what.answer.status),
              millis: call.what.answer.millis, text: `${call.what.answer.status} ${call.what.draft.method} ${pathSent(endpoints, call.what)}`,
            }))}
            chosen={shown?.id ?? null}
            onChoose={(id) => {
              const call = calls.find((one) => one.id === id);
              if (call !== undefined && call.what.draft.endpoint !== endpoint.id) onChoose(call.what.draft.endpoint);
              setChosen(id);
            }}
            onRepeat={(id) => {
              const call = calls.find((one) => one.id === id);
              if (call === undefined) return;
              if (call.what.draft.endpoint !== endpoint.id) onChoose(call.what.draft.endpoint);
              else { setDraft(call.what.draft); send(call.what.draft); }
            }}
          />
        </>
      }
    >
      <PageHeader title="Call an endpoint" subtitle={`${service}, ${place.stage ?? 'its stage'}`} actions={<Select label="Endpoint" value={endpoint.id} options={endpoints.map((one) => ({ value: one.id, label: `${one.method} ${one.path}`, hint: one.function }))} onChange={onChoose} testId="endpoint-select" />} />
      <Stands place={place} />
      <h2 className="srOnly">Request</h2>
      <form
        className={styles.form}
        aria-label="Request"
        onSubmit={(event) => { event.preventDefault(); send(draft); }}
      >
        <div className={styles.line}>
          {endpoint.method === 'ANY'
            ? <Select label="Method" value={draft.method} options={METHODS.map((method) => ({ value: method as string, label: method }))} onChange={(method) => change({ method })} testId="method-select" />
            : <span className={styles.method}>{draft.method}</span>}
          <code className={styles.url} title={address} data-testid="request-url">{address}</code>
          {endpoint.signed && <Badge tone="secret">signed requests only</Badge>}
        </div>
        <Parameters endpoint={endpoint} draft={draft} onChange={(parameters) => change({ parameters })} />
        <div className={styles.pairs}>
          <Pairs title="Query" one="parameter" rows={draft.query} idPrefix="query" onChange={(query) => change({ query })} />
          <Pairs title="Headers" one="header" rows={draft.headers} idPrefix="header" onChange={(headers) => change({ headers })} />
        </div>
        {takesBody(draft.method) && <Body draft={draft} onChange={(body) => change({ body })} onSend={() => send(draft)} />}
        <div className={styles.foot}>
          <Button submit variant="primary" icon={<SendIcon className="icon" aria-hidden />} reason={why?.words} busy={sending.isPending} data-testid="send-button">Call {draft.method} {endpoint.path.length > 40 ? '' : endpoint.path}</Button>
          <Kbd>Ctrl Enter</Kbd>
          <Sign endpoint={endpoint} isOn={draft.sign} onChange={(sign) => change({ sign })} />
          {why !== null && <button type="button" className={styles.why} onClick={() => document.getElementById(why.to)?.focus()} data-testid="why-not">{why.words}</button>}
        </div>
      </form>
      {sending.isError && <ErrorPanel problem={asProblem(sending.error)} actions={<Button onClick={() => send(draft)}>Try again</Button>} />}
      {shown === undefined && !sending.isError && !sending.isPending && <NoAnswer what="Its status, headers and body" />}
      {shown !== undefined && !sending.isError && (
        <HttpAnswerView key={shown.id} answer={shown.what.answer} isJson={isJson(shown.what.answer.headers, shown.what.answer.body)} onLogs={() => go.logs(place.project, { open: endpoint.function })} />
      )}
    </Page>
  );
}

/** The path that was called, without what stands before every path of the API. */
function pathSent(endpoints: EndpointView[], { draft, answer }: Sent): string {
  const found = endpoints.find((one) => one.id === draft.endpoint);
  return found === undefined ? answer.url : pathOf(found, draft);
}
