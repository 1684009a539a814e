// The newcomer's way by keys alone: what is focused is always in sight, and every step is reached.
import { sizes } from './browser.mjs';

/** Presses Tab, and tells what is focused then: it must be in sight, behind nothing. */
async function next(page) {
  await page.keyboard.press('Tab');
  const at = await page.evaluate(() => {
    const element = document.activeElement;
    const box = element.getBoundingClientRect();
    // Of what is taller than the window, such as the page itself, the part that is in the window counts.
    const middle = (from, to, most) => (Math.max(0, from) + Math.min(most, to)) / 2;
    const over = document.elementFromPoint(middle(box.left, box.right, window.innerWidth), middle(box.top, box.bottom, window.innerHeight));
    return { own: element.dataset.testid, seen: over === null ? element === document.body : element.contains(over) || over.contains(element), name: element.textContent?.slice(0, 40) };
  });
  if (!at.seen) throw new Error(`the focus is hidden at "${at.name}"`);
  return at.own;
}

/** Presses Tab until what is focused has that test id; the way may take so many presses. */
async function reach(page, testId, most = 60) {
  for (let presses = 0; presses < most; presses += 1) if (await next(page) === testId) return;
  throw new Error(`${testId} is not reached by ${most} presses of Tab`);
}

async function appears(page, testId) {
  await page.waitForSelector(`[data-testid="${testId}"]`, { timeout: 5000 });
}

export function* journey(browser) {
  yield ['the newcomer deploys and calls by keys alone', async () => {
    const { page, wrong, close } = await browser.open('journey');
    await reach(page, 'open-hello-world');
    await page.keyboard.press('Enter');
    await appears(page, 'plan-button');
    await reach(page, 'plan-button');
    await page.keyboard.press('Enter');
    await appears(page, 'deploy-button');
    await reach(page, 'deploy-button');
    await page.keyboard.press('Enter');
    await appears(page, 'endpoint-url');
    await reach(page, 'to-invoke');
    await page.keyboard.press('Enter');
    await appears(page, 'invoke-button');
    await reach(page, 'invoke-button');
    await page.keyboard.press('Enter');
    await appears(page, 'invoke-answer');
    const answer = await page.textContent('[data-testid="invoke-answer"]');
    await close();
    return answer.includes('Your function executed') ? wrong : [...wrong, `the answer is ${answer}`];
  }];
  for (const scene of ['plan-production', 'plan-many', 'plan-long-names', 'plan-refused', 'task-many']) {
    yield [`nothing focused hides behind the foot: ${scene}`, async () => {
      const { page, wrong, close } = await browser.open(scene, 'light', sizes.small);
      for (let presses = 0; presses < 50; presses += 1) await next(page);
      await close();
      return wrong;
    }];
  }
  yield ['every action is found by its name, and done by Enter', async () => {
    const { page, wrong, close } = await browser.open('journey');
    await page.keyboard.press('Control+k');
    await page.waitForSelector('[role=combobox]');
    await page.keyboard.type('activ');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => window.location.hash.startsWith('#/activity'));
    const closed = await page.locator('[role=combobox]').count();
    await close();
    return closed === 0 ? wrong : [...wrong, 'the palette stays open'];
  }];
  yield ['the keys of a page are shown by ?, and Esc gives the focus back', async () => {
    const { page, wrong, close } = await browser.open('journey');
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await close();
    return wrong;
  }];
  yield ['back leads back', async () => {
    const { page, wrong, close } = await browser.open('journey');
    await page.getByTestId('open-hello-world').click();
    await appears(page, 'plan-button');
    await page.goBack();
    await appears(page, 'open-hello-world');
    await close();
    return wrong;
  }];
}
