import type { PlanView } from '@/bridge';
import { Banner } from '@/components';

/** What was asked of this plan alone: a package of before, files left where they are. */
export function ThisOnce({ plan }: { plan: PlanView }) {
  return (
    <>
      {plan.fromPackage !== null && <Banner tone="accent" title={`From what was packaged before, in ${plan.fromPackage}`}>The templates and archives are taken as they lie there. The project&apos;s code is not looked at.</Banner>}
      {plan.unsynced !== null && <Banner tone="accent" title="Without files for buckets">{plan.unsynced}</Banner>}
    </>
  );
}
