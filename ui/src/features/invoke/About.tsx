import { DefinitionList, PanelBlock } from '@/components';
import type { FunctionView } from '@/bridge';
import { cutMiddle } from '@/lib/words';

/** What is called. */
export function About({ fn }: { fn: FunctionView }) {
  return (
    <PanelBlock title={cutMiddle(fn.key, 34)}>
      <DefinitionList
        items={[
          { name: 'At AWS', value: fn.name },
          ...(fn.image === null
            ? [{ name: 'Handler', value: <code>{fn.handler}</code> }, { name: 'Runtime', value: fn.runtime }]
            : [{ name: 'Image', value: <code title={fn.image}>{cutMiddle(fn.image, 34)}</code> }]),
          { name: 'Memory', value: `${fn.memory} MB` },
          { name: 'Time limit', value: `${fn.timeout} s` },
          ...(fn.origin === null ? [] : [{ name: 'Written at', value: <code>{fn.origin.file}:{fn.origin.line}</code> }]),
        ]}
      />
    </PanelBlock>
  );
}
