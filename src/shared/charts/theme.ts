/**
 * How charts look: on white paper, or in the window's dark frame. The neutrals are true grays, so that colours can be judged beside them.
 */
export interface ChartTheme {
  background: string;
  /** Text that is read. */
  ink: string;
  /** Axis labels, notes. */
  quiet: string;
  /** Axis lines and frames. */
  line: string;
  /** Grid lines. */
  faint: string;
  /** Measured noise: the training loss. */
  noise: string;
  /** The series that matters. */
  accent: string;
  /** Accuracy. */
  accuracy: string;
  /** Whether more is drawn darker (on paper) or lighter (on a dark ground). */
  moreIsDarker: boolean;
}

export const PAPER: ChartTheme = {
  background: '#ffffff', ink: '#1c1c1c', quiet: '#595959', line: '#8c8c8c', faint: '#e4e4e4',
  noise: '#6f8aa3', accent: '#c26a00', accuracy: '#1f7a4d', moreIsDarker: true,
};

export const DARK: ChartTheme = {
  background: '#1e1e1e', ink: '#ececec', quiet: '#a8a8a8', line: '#6a6a6a', faint: '#343434',
  noise: '#7f97ae', accent: '#f0a63c', accuracy: '#5fc08a', moreIsDarker: false,
};

/** The bundled family first, then what other programs are likely to have. */
export const CHART_FONT = "'Source Sans 3', 'Source Sans Pro', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";
