// What was, so that it can be again.

const MOST = 500;

export class History {
  constructor(first) {
    this.states = [first];
    this.now = 0;
  }

  keep(state) {
    this.states = [...this.states.slice(Math.max(0, this.now + 2 - MOST), this.now + 1), state];
    this.now = this.states.length - 1;
  }

  get canUndo() {
    return this.now > 0;
  }

  get canRedo() {
    return this.now < this.states.length - 1;
  }

  undo() {
    if (this.canUndo) this.now -= 1;
    return this.states[this.now];
  }

  redo() {
    if (this.canRedo) this.now += 1;
    return this.states[this.now];
  }
}
