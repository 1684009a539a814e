import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { BracesIcon, PlayIcon } from 'lucide-react';
import { Button, ErrorPanel, Kbd, Page, PageHeader, Select, Skeleton, useActions } from '@/components';
import { asProblem, useDeployed, useHost, useProject, type FunctionView, type InvokeAnswer, type Place, type ProjectView } from '@/bridge';
import { useBreadcrumb } from '@/lib/frame';
import { useGo, useParam, usePlace } from '@/lib/place';
import { cutMiddle } from '@/lib/words';
import { consentOf, ConsentPage } from '@/shared/consent';
import { Answer } from './Answer';
import { About } from './About';
import { Calls } from './Calls';
import { Terminal } from './Terminal';
import { Editor } from './Editor';
import { lastTexts, Memory, useMemory } from './history';
import { indented, jsonProblem } from './json';
import { NoAnswer } from './NoAnswer';
import { payloadsFor } from './payloads';
import { Stands } from './Stands';
import styles from './InvokePage.module.css';

interface Call {
  data: string;
  answer: InvokeAnswer;
}

const memory = new Memory<Call>();

/** Calls a function with a payload. */
export function InvokePage() {
  const place = usePlace();
  const name = useParam('function');
  const project = useProject(place);
  if (place === null) return null;
  if (project.isPending) return <Page><PageHeader title={`Invoke ${name}`} /><Skeleton label="Loading the function" lines={8} /></Page>;
  const asked = consentOf(project.error);
  if (asked.length > 0) return <ConsentPage place={place} programs={asked} onAgain={() => void project.refetch()} />;
  if (project.isError) {
    return (
      <Page>
        <PageHeader title={`Invoke ${name}`} />
        <ErrorPanel problem={asProblem(project.error)} actions={<Button onClick={() => void project.refetch()}>Check again</Button>} />
      </Page>
    );
  }
  const key = [place.project, project.data.stage, JSON.stringify(place.target), name].join(' ');
  return <Invoke key={key} memoryKey={key} place={{ ...place, stage: project.data.stage }} project={project.data} name={name} />;
}

interface Props {
  memoryKey: string;
  place: Place;
  project: ProjectView;
  name: string;
}

function Invoke({ memoryKey, place, project, name }: Props) {
  const host = useHost();
  const go = useGo();
  const fn = project.functions.find((one) => one.key === name);
  const samples = payloadsFor(fn);
  const [text, setText] = useState(() => lastTexts.get(memoryKey) ?? samples[0]?.text ?? '{}');
  const calls = useMemory(memory, memoryKey);
  const [chosen, setChosen] = useState<number | null>(null);
  const invoking = useMutation({
    mutationFn: (data: string) => host.invoke(place, name, data),
    onSuccess: (answer, data) => {
      memory.add(memoryKey, { data, answer }, new Date().toISOString());
      setChosen(null);
    },
  });
  const problem = text.trim() === '' ? null : jsonProblem(text);
  const isAbsent = useDeployed(place).data?.standing === 'absent';
  const reason = fn === undefined ? `${project.service} has no function ${name}` : isAbsent ? `${project.stage} is not deployed: plan and deploy it first` : problem === null ? undefined : `The payload is not JSON: line ${problem.line}, column ${problem.column}`;
  const change = (next: string) => {
    setText(next);
    lastTexts.set(memoryKey, next);
  };
  const send = (data: string) => { if (reason === undefined && !invoking.isPending) invoking.mutate(data); };
  const shown = calls.find((call) => call.id === chosen) ?? calls[0];
  useBreadcrumb([{ label: project.service, project: project.id }, { label: `Invoke ${name}` }]);
  useActions([
    { id: 'invoke', label: `Invoke ${name}`, group: 'Invoke', reason, run: () => send(text) },
    { id: 'to-payload', label: 'Go to the payload', keys: 'e', group: 'Invoke', run: () => document.querySelector<HTMLElement>('[data-testid=payload]')?.focus() },
    { id: 'format', label: 'Indent the payload', keys: 'f', group: 'Invoke', run: () => change(indented(text)) },
    { id: 'logs', label: 'Follow the logs', keys: 'l', group: 'Invoke', run: () => go.logs(project.id, { open: name }) },
  ]);
  return (
    <Page
      panel={
        <>
          {fn !== undefined && <About fn={fn} />}
          <Calls
            entries={calls.map((call) => ({ id: call.id, at: call.at, mark: call.what.answer.error === null ? 'ok' : 'danger', word: call.what.answer.error === null ? 'answered' : 'failed', millis: call.what.answer.millis, text: call.what.data }))}
            chosen={shown?.id ?? null}
            onChoose={setChosen}
            onRepeat={(id) => {
              const call = calls.find((one) => one.id === id);
              if (call === undefined) return;
              change(call.what.data);
              send(call.what.data);
            }}
          />
          <Terminal place={place} fn={name} data={text} />
        </>
      }
    >
      <PageHeader title={`Invoke ${name}`} subtitle={subtitle(fn, place)} actions={<Switcher project={project} name={name} />} />
      <Stands place={place} />
      <section className={styles.form} aria-label="Payload">
        <div className={styles.row}>
          <h2 className={styles.h2}>Payload</h2>
          <Select label="Sample" value={samples.find((sample) => sample.text === text)?.id ?? 'own'} options={[{ value: 'own', label: 'Your own' }, ...samples.map((sample) => ({ value: sample.id, label: sample.label }))]} onChange={(id) => { const sample = samples.find((one) => one.id === id); if (sample !== undefined) change(sample.text); }} testId="payload-sample" />
          <span className={styles.end}><Button size="small" variant="quiet" icon={<BracesIcon className="icon" aria-hidden />} onClick={() => change(indented(text))}>Indent</Button></span>
        </div>
        <Editor label="Payload" value={text} problem={problem} fine={text.trim() === '' ? 'Empty: {} is sent' : 'JSON'} onChange={change} onSend={() => send(text)} testId="payload" />
        <div className={styles.row}>
          <Button variant="primary" icon={<PlayIcon className="icon" aria-hidden />} reason={reason} busy={invoking.isPending} onClick={() => send(text)} data-testid="invoke-button">Invoke {cutMiddle(name, 40)}</Button>
          <Kbd>Ctrl Enter</Kbd>
          {invoking.isPending && <span className={styles.quiet} role="status">Waiting for its answer, at most {fn?.timeout ?? 30} s</span>}
        </div>
      </section>
      {invoking.isError && <ErrorPanel problem={asProblem(invoking.error)} actions={<Button onClick={() => send(text)}>Try again</Button>} />}
      {shown === undefined && !invoking.isError && !invoking.isPending && reason === undefined && <NoAnswer what="Its answer, how long it took and the end of its log" />}
      {shown !== undefined && !invoking.isError && <Answer key={shown.id} fn={name} answer={shown.what.answer} onLogs={() => go.logs(project.id, { open: name })} />}
    </Page>
  );
}

function subtitle(fn: FunctionView | undefined, place: Place): string {
  const where = place.target.kind === 'sandbox' ? 'the sandbox' : 'your account';
  const at = `${place.stage ?? 'its stage'} in ${where}`;
  return fn?.description == null ? `In ${at}` : `${fn.description}. In ${at}`;
}

function Switcher({ project, name }: { project: ProjectView; name: string }) {
  const go = useGo();
  if (project.functions.length < 2) return null;
  return <Select label="Function" value={name} options={project.functions.map((one) => ({ value: one.key, label: cutMiddle(one.key, 40), hint: one.runtime }))} onChange={(next) => go.invoke(project.id, next)} testId="function-select" />;
}
