import { Component, type ReactNode } from "react";

interface ViewBoundaryState {
  readonly message: string | undefined;
}

/** When a view throws, the rest of the page stays and says so: a table or a run is never lost to a drawing fault. */
export class ViewBoundary extends Component<{ children: ReactNode }, ViewBoundaryState> {
  override readonly state: ViewBoundaryState = { message: undefined };

  static getDerivedStateFromError(error: unknown): ViewBoundaryState {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    if (this.state.message === undefined) return this.props.children;
    return (
      <div className="wrap">
        <section className="fault" role="alert">
          <h2>This view could not be shown</h2>
          <p>{this.state.message}. Your table and runs are still here.</p>
          <div className="acts">
            <button type="button" className="btn" onClick={() => this.setState({ message: undefined })}>
              Try again
            </button>
          </div>
        </section>
      </div>
    );
  }
}
