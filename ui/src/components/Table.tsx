import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import styles from './Table.module.css';

export interface Column<T> {
  id: string;
  header: string;
  cell: (row: T) => ReactNode;
  /** A CSS grid track such as `120px` or `2fr`; one equal share when absent. */
  width?: string;
  align?: 'start' | 'end';
}

export interface TableProps<T> {
  label: string;
  rows: T[];
  columns: Column<T>[];
  rowKey: (row: T) => string;
  onOpen?: (row: T) => void;
  selectedKey?: string | undefined;
  empty?: ReactNode;
  testId?: string;
}

const ROW = 32;
/** Beyond this many, only the rows in sight exist. */
const MANY = 120;

/** A table by roles over a grid, so that ten thousand rows scroll like ten. Arrow keys move, Enter opens. */
export function Table<T>({ label, rows, columns, rowKey, onOpen, selectedKey, empty, testId }: TableProps<T>) {
  const scroll = useRef<HTMLDivElement>(null);
  const isMany = rows.length > MANY;
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroll.current, estimateSize: () => ROW, overscan: 12, enabled: isMany });
  const tracks = columns.map((column) => column.width ?? 'minmax(0, 1fr)').join(' ');
  const move = (event: KeyboardEvent<HTMLDivElement>, row: T) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      const at = Number(event.currentTarget.dataset['index']) + step;
      if (isMany) virtual.scrollToIndex(at);
      scroll.current?.querySelector<HTMLElement>(`[data-index='${at}']`)?.focus();
    } else if ((event.key === 'Enter' || event.key === ' ') && event.target === event.currentTarget && onOpen !== undefined) {
      event.preventDefault();
      onOpen(row);
    }
  };
  const line = (row: T, index: number, top?: number) => {
    const key = rowKey(row);
    return (
      <div
        key={key}
        role="row"
        aria-rowindex={index + 2}
        data-index={index}
        tabIndex={onOpen === undefined ? undefined : 0}
        aria-selected={selectedKey === undefined ? undefined : key === selectedKey}
        className={`${styles.row} ${onOpen === undefined ? '' : styles.opens}`}
        style={{ gridTemplateColumns: tracks, ...(top === undefined ? {} : { position: 'absolute', insetInline: 0, top }) }}
        onClick={() => onOpen?.(row)}
        onKeyDown={(event) => move(event, row)}
      >
        {columns.map((column) => (
          <div key={column.id} role="cell" className={`${styles.cell} ${column.align === 'end' ? styles.end : ''}`}>{column.cell(row)}</div>
        ))}
      </div>
    );
  };
  if (rows.length === 0 && empty !== undefined) return <>{empty}</>;
  return (
    <div className={styles.frame} data-testid={testId}>
      <div role="table" aria-label={label} aria-rowcount={rows.length + 1} className={styles.table}>
        <div role="rowgroup">
          <div role="row" aria-rowindex={1} className={styles.head} style={{ gridTemplateColumns: tracks }}>
            {columns.map((column) => (
              <div key={column.id} role="columnheader" className={`${styles.th} ${column.align === 'end' ? styles.end : ''}`}>{column.header}</div>
            ))}
          </div>
        </div>
        {/* What scrolls must be reachable by keys. */}
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <div role="rowgroup" ref={scroll} tabIndex={isMany ? 0 : undefined} className={isMany ? styles.scroll : undefined}>
          {isMany ? (
            <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
              {virtual.getVirtualItems().map((item) => {
                const row = rows[item.index];
                return row === undefined ? null : line(row, item.index, item.start);
              })}
            </div>
          ) : (
            rows.map((row, index) => line(row, index))
          )}
        </div>
      </div>
    </div>
  );
}
