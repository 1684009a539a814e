import type { ProjectView } from '@/bridge';
import { Picture } from './DrawingTab';
import { makesWords } from './model';
import styles from './Below.module.css';

/** Small enough to be seen whole under the functions. */
const SEEN = 24;

/** Where nothing stands yet: what a first deploy makes, as words and as a picture. */
export function FirstDeploy({ project, onFunction }: { project: ProjectView; onFunction: (key: string) => void }) {
  const { drawing } = project;
  if (project.resources.length === 0) return null;
  return (
    <section className={styles.part} aria-labelledby="first-title" data-testid="first-deploy">
      <h2 id="first-title" className={styles.head}>What a first deploy makes <span>{makesWords(project)}</span></h2>
      {drawing.nodes.length > 0 && drawing.nodes.length <= SEEN && <Picture drawing={drawing} onFunction={onFunction} />}
    </section>
  );
}
