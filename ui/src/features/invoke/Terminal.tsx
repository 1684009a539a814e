import { CopyButton, PanelBlock } from '@/components';
import { useInvokeCommand, type Place } from '@/bridge';
import styles from './InvokePage.module.css';

/** The same call as a command, in the engine's words. */
export function Terminal({ place, fn, data }: { place: Place; fn: string; data: string }) {
  const command = useInvokeCommand(place, fn, data);
  if (command.data === undefined) return null;
  return (
    <PanelBlock title="The same from a terminal">
      <div className={styles.command}><code data-testid="invoke-command">{command.data}</code><CopyButton text={command.data} label="Copy the command" /></div>
    </PanelBlock>
  );
}
