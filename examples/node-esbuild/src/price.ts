import { type Dish, menu, written } from './lib/menu';

/** The price of several dishes: `{ "dishes": ["tea", "cake"] }`. */
export const main = async ({ dishes }: { dishes: Dish[] }) =>
  written(dishes.reduce((sum, dish) => sum + menu[dish], 0));
