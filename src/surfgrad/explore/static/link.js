// A websocket with one question under way at a time. What is asked meanwhile waits, and only the last of it is sent:
// frames that nobody would see any more are never computed.

export class Link {
  constructor(onAnswer, onState) {
    this.onAnswer = onAnswer;
    this.onState = onState;
    this.waiting = null;
    this.underWay = null;
    this.tries = 0;
    this.connect();
  }

  connect() {
    const url = new URL("ask", window.location.href);
    url.protocol = "ws:";
    this.socket = new WebSocket(url);
    this.socket.onopen = () => {
      this.tries = 0;
      this.onState(true);
      this.send();
    };
    this.socket.onmessage = (event) => {
      const asked = this.underWay;
      this.underWay = null;
      this.onAnswer(JSON.parse(event.data), asked);
      this.send();
    };
    this.socket.onclose = () => {
      this.onState(false);
      this.waiting ??= this.underWay;
      this.underWay = null;
      this.tries += 1;
      setTimeout(() => this.connect(), Math.min(5000, 300 * 2 ** this.tries));
    };
  }

  ask(message) {
    this.waiting = message;
    this.send();
  }

  send() {
    if (this.waiting === null || this.underWay !== null || this.socket.readyState !== WebSocket.OPEN) return;
    this.underWay = this.waiting;
    this.waiting = null;
    this.socket.send(JSON.stringify(this.underWay.message));
  }
}
