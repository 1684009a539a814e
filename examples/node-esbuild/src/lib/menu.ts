/** What is sold, with its price in cents. */
export const menu = { coffee: 240, tea: 210, cake: 380 } as const;

export type Dish = keyof typeof menu;

/** Whether a text names something on the menu. */
export const isDish = (text: string): text is Dish => text in menu;

/** A price as people write it: `2.40`. */
export const written = (cents: number): string => (cents / 100).toFixed(2);
