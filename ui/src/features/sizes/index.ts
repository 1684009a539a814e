export { SizesPage } from './SizesPage';
