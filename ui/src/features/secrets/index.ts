export { ComparePage } from './ComparePage';
export { SecretsPage } from './SecretsPage';
