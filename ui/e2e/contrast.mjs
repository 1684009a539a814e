// The main pages for readers who ask for more contrast, and for those whose system chooses the colours: axe finds
// nothing, what is chosen and what is focused is told by a line, and bars keep their data.

const PAGES = ['overview-first-run', 'overview-projects', 'service-prod', 'service-drawer', 'service-drawing', 'plan-production', 'task-running', 'task-failed', 'task-done', 'invoke-answered', 'http-answered', 'logs', 'sandbox-running', 'activity-open', 'accounts', 'settings'];

/** The outline or border that tells what has the focus. */
async function focusIsTold(page) {
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  return page.evaluate(() => {
    const style = getComputedStyle(document.activeElement);
    const told = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    return told ? [] : [`the focus is not told at "${document.activeElement.textContent.trim().slice(0, 30)}"`];
  });
}

/** Bars and chosen things that the system's colours would take away. */
async function dataIsTold(page) {
  return page.evaluate(() => {
    const wrong = [];
    const ground = getComputedStyle(document.body).backgroundColor;
    for (const bar of document.querySelectorAll('[data-bar]')) {
      const style = getComputedStyle(bar);
      const isPlain = style.backgroundImage === 'none' && (style.backgroundColor === ground || style.backgroundColor === 'rgba(0, 0, 0, 0)');
      if (isPlain && style.borderStyle === 'none') wrong.push(`a bar is not seen: ${bar.className}`);
    }
    for (const chosen of document.querySelectorAll('[role=row][aria-selected=true], nav [aria-current=page]:is(button)')) {
      if (getComputedStyle(chosen).outlineStyle === 'none') wrong.push(`what is chosen is not told: "${chosen.textContent.trim().slice(0, 30)}"`);
    }
    return wrong;
  });
}

export function* contrast(browser, accessible, cut) {
  for (const name of PAGES) {
    yield [`more contrast: ${name}`, async () => {
      const found = [];
      for (const theme of ['light', 'dark']) {
        const { page, wrong, close } = await browser.open(name, theme, undefined, { contrast: 'more' });
        found.push(...wrong, ...(await accessible(page, ['color-contrast', 'color-contrast-enhanced'])), ...(await cut(page)));
        await close();
      }
      return found;
    }];
    yield [`the system's colours: ${name}`, async () => {
      const { page, wrong, close } = await browser.open(name, 'light', undefined, { forcedColors: 'active' });
      const found = [...(await dataIsTold(page)), ...(await focusIsTold(page)), ...(await cut(page))];
      await close();
      return [...wrong, ...found];
    }];
  }
}
