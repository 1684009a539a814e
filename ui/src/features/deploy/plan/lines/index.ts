export { FoldLine } from './FoldLine';
export { Gate } from './Gate';
export { RowLine } from './RowLine';
